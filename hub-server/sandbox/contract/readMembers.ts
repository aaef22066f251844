import { parseInstant } from '../resource/xeroDate';
import { isObject, type Element } from '../writing/readElements';
import { accountingKinds } from './accountingKinds';
import type { Kind, MemberType } from './Kind';

/** How the members of a body are read, and refused. */
export interface Reading {
	/** Whether a member is found under its name in another case. */
	readonly inAnyCase: boolean;
	/** Whether a text of nothing is no value where a number belongs. */
	readonly emptyNumbersAreAbsent: boolean;
	readonly emptyIdsAreAbsent: boolean;
	/** Whether `null` empties a text. */
	readonly nullEmptiesTexts: boolean;
	/** Whether what is no date is refused here, rather than by who reads the record. */
	readonly refusesDates: boolean;
	/** The error for a value of another type; `typeName` is one of .NET's. */
	refusal(value: unknown, typeName: string, path: string): Error;
}

/**
 * A record with Xero's names and JSON's types. What Xero's OpenAPI file does not know stays as it is sent.
 *
 * @param path where the record stands in the body: `Invoices[0]`, or nothing
 * @throws the reading's refusal
 */
export function readMembers(
	element: Element,
	kindName: string,
	reading: Reading,
	path = '',
): Element {
	const kind = accountingKinds[kindName] ?? {};
	return Object.fromEntries(
		Object.entries(element).map(([name, value]) => {
			const known = nameIn(kind, name, reading);
			if (known === undefined) return [name, value];
			const at = path === '' ? name : `${path}.${name}`;
			const owner = `${kindName}${known}`;
			return [known, readValue(value, kind[known] as MemberType, { at, owner, reading })];
		}),
	);
}

function nameIn(kind: Kind, name: string, { inAnyCase }: Reading): string | undefined {
	if (Object.hasOwn(kind, name)) return name;
	if (!inAnyCase) return undefined;
	const wanted = name.toLowerCase();
	return Object.keys(kind).find((known) => known.toLowerCase() === wanted);
}

interface Place {
	readonly at: string;
	/** Names a choice in refusals; Xero's own names of its types are not public. */
	readonly owner: string;
	readonly reading: Reading;
}

function readValue(value: unknown, type: MemberType, place: Place): unknown {
	const { reading } = place;
	if (value === null && type === 'text' && reading.nullEmptiesTexts) return '';
	if (value === undefined || value === null) return value;
	if (typeof type === 'object') return readComposed(value, type, place);
	const refuse = (typeName: string) => reading.refusal(value, typeName, place.at);
	if (type === 'number') {
		if (value === '' && reading.emptyNumbersAreAbsent) return undefined;
		if (typeof value === 'number') return value;
		if (typeof value === 'string' && NUMBER.test(value)) return Number(value);
		throw refuse(NULLABLE('Decimal'));
	}
	if (typeof value === 'object') throw refuse('System.String');
	switch (type) {
		case 'text':
			return String(value);
		case 'guid':
			if (value === '' && reading.emptyIdsAreAbsent) return undefined;
			if (GUID.test(String(value))) return value;
			throw refuse(NULLABLE('Guid'));
		case 'flag':
			if (typeof value === 'boolean') return value;
			if (value === '') return undefined;
			if (/^(true|false)$/i.test(String(value))) return String(value).toLowerCase() === 'true';
			throw refuse(NULLABLE('Boolean'));
		case 'date':
			if (!reading.refusesDates || parseInstant(value) !== undefined) return value;
			throw refuse(NULLABLE('DateTime'));
	}
}

/** Lists, records and choices. */
function readComposed(
	value: unknown,
	type: Exclude<MemberType, string>,
	{ at, owner, reading }: Place,
): unknown {
	if ('oneOf' in type) {
		if (value === '') return undefined;
		const choice = type.oneOf.find((one) => one.toLowerCase() === String(value).toLowerCase());
		if (choice === undefined) throw reading.refusal(value, `Xero.API.Library.${owner}`, at);
		return choice;
	}
	if ('kind' in type) {
		if (isObject(value)) return readMembers(value, type.kind, reading, at);
		if (value === '') return undefined;
		throw reading.refusal(value, `Xero.API.Library.${type.kind}`, at);
	}
	if (value === '') return undefined;
	if (!Array.isArray(value)) throw reading.refusal(value, `List of ${owner}`, at);
	return value.map((part: unknown, index) =>
		readValue(part, type.listOf, { at: `${at}[${index}]`, owner, reading }),
	);
}

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NULLABLE = (name: string) => `System.Nullable\`1[System.${name}]`;
