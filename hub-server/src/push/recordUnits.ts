import { isObject, type XeroRecord } from '../../protocol/xero';

/** What of a record is merged by itself: a member, or a part of one that has a name of its own. */
export interface RecordUnit {
	readonly member: string;
	/** Such as `MOBILE` of `Phones`; null where the member is one. */
	readonly part: string | null;
}

/** Members in parts: each part changes by itself. A label says which slot of a list it is. */
const IN_PARTS: Readonly<Record<string, { readonly label: string | null }>> = {
	Phones: { label: 'PhoneType' },
	Addresses: { label: 'AddressType' },
	SalesDetails: { label: null },
	PurchaseDetails: { label: null },
};

/** The units that a record of the other system names. Null in the place of all parts means each that Xero has. */
export function unitsOf(external: XeroRecord, xero: XeroRecord): readonly RecordUnit[] {
	return Object.entries(external)
		.filter(([, value]) => value !== undefined)
		.flatMap(([member, value]): readonly RecordUnit[] => {
			if (!Object.hasOwn(IN_PARTS, member)) return [{ member, part: null }];
			const named = value === null ? xero[member] : value;
			return partsOf(member, named).map((part) => ({ member, part }));
		});
}

/** `Phones.MOBILE`, as people and conflicts name it. */
export function unitName({ member, part }: RecordUnit): string {
	return part === null ? member : `${member}.${part}`;
}

/** The name by which values of it are compared. */
export function comparedAs({ member, part }: RecordUnit): string {
	return part === null || IN_PARTS[member]?.label !== null ? member : part;
}

/** Of a record, or of a member of it alone: undefined where it says nothing of the unit. */
export function unitIn(record: XeroRecord, { member, part }: RecordUnit): unknown {
	return part === null ? record[member] : partIn(member, record[member], part);
}

/** What one value of a member says of a unit of it. */
export function unitInMember(value: unknown, unit: RecordUnit): unknown {
	return unitIn({ [unit.member]: value }, unit);
}

/**
 * A member with some units in other words: what else it holds stays. Xero may take slots that are not sent as
 * empty ones, so that all are sent.
 */
export function withUnits(
	member: string,
	held: unknown,
	units: ReadonlyMap<string, unknown>,
): unknown {
	const label = IN_PARTS[member]?.label;
	if (label === undefined) return held;
	if (label === null) {
		return { ...(isObject(held) ? held : {}), ...Object.fromEntries(units) };
	}
	const slots = Array.isArray(held) ? held.filter(isObject) : [];
	const kept = slots.filter((slot) => !units.has(slotName(slot, label)));
	const told = [...units].filter(([, slot]) => isObject(slot));
	return [...kept, ...told.map(([part, slot]) => ({ [label]: part, ...(slot as XeroRecord) }))];
}

function partsOf(member: string, value: unknown): readonly string[] {
	const label = IN_PARTS[member]?.label;
	if (label === null || label === undefined) return isObject(value) ? Object.keys(value) : [];
	const slots = Array.isArray(value) ? value.filter(isObject) : [];
	return [...new Set(slots.map((slot) => slotName(slot, label)))];
}

function partIn(member: string, value: unknown, part: string): unknown {
	if (value === null) return null;
	const label = IN_PARTS[member]?.label;
	if (label === null || label === undefined) return isObject(value) ? value[part] : undefined;
	if (!Array.isArray(value)) return undefined;
	return value.filter(isObject).find((slot) => slotName(slot, label) === part);
}

/** A phone without a type is the default one (Xero's OpenAPI file: PhoneType DEFAULT). */
function slotName(slot: XeroRecord, label: string): string {
	return String(slot[label] ?? 'DEFAULT').toUpperCase();
}
