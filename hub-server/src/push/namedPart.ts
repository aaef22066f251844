import { isObject } from '../../protocol/xero';

/**
 * The part of a value of Xero's that the other side has named: Xero answers far more members than anybody sends.
 * Of a list, each element keeps the members that any element of the other side names.
 */
export function namedPart(named: unknown, value: unknown): unknown {
	return partOf(shapeOf(named), value);
}

/** Member by member, what is named of a value; undefined of a value that has no members. */
type Shape = ReadonlyMap<string, Shape | undefined> | undefined;

function shapeOf(value: unknown): Shape {
	if (Array.isArray(value)) return value.map(shapeOf).reduce(joined, undefined);
	// The parts of a phone are one number, whichever of them is named.
	if (!isObject(value) || Object.hasOwn(value, 'PhoneNumber')) return undefined;
	return new Map(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
}

function joined(one: Shape, other: Shape): Shape {
	if (one === undefined || other === undefined) return one ?? other;
	const names = [...new Set([...one.keys(), ...other.keys()])];
	return new Map(names.map((name) => [name, joined(one.get(name), other.get(name))]));
}

function partOf(shape: Shape, value: unknown): unknown {
	if (shape === undefined) return value;
	if (Array.isArray(value)) return value.map((element) => partOf(shape, element));
	if (!isObject(value)) return value;
	const entries = Object.entries(value).filter(([name]) => shape.has(name));
	return Object.fromEntries(entries.map(([name, part]) => [name, partOf(shape.get(name), part)]));
}
