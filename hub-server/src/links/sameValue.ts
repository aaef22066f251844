import { isDeepStrictEqual } from 'node:util';

/**
 * Whether two values of a member of Xero's say the same, so that neither side would see a change in the other's: Xero
 * trims texts, answers dates as `/Date(…)/`, amounts as numbers, and phone numbers in parts. Nothing, null, an empty text and
 * an empty list are the same: Xero leaves out what is empty.
 */
export function sameValue(member: string, a: unknown, b: unknown): boolean {
	return isDeepStrictEqual(plainValue(member, a), plainValue(member, b));
}

/** One spelling of all that say the same; null for nothing. Of its own answer it makes no other. */
export function plainValue(member: string, value: unknown): unknown {
	if (value === undefined || value === null) return null;
	if (Array.isArray(value)) return plainList(member, value as readonly unknown[]);
	if (typeof value === 'object') return plainObject(value as Readonly<Record<string, unknown>>);
	if (typeof value === 'boolean') return value;
	const text = String(value).trim().replaceAll(/\s+/g, ' ');
	if (text === '') return null;
	if (AMOUNTS.has(member) && DECIMAL.test(text)) return plainAmount(text);
	if (DAY.test(member)) return plainDay(text);
	if (TIME.test(member)) return plainTime(text);
	if (member === 'EmailAddress') return text.toLowerCase();
	return text;
}

/** With as many decimals as Xero keeps of any: six, of a currency's rate. */
function plainAmount(text: string): number {
	const amount = Number(Number(text).toFixed(6));
	return amount === 0 ? 0 : amount;
}

/** Xero tells a day as its midnight in UTC, with or without the time. */
function plainDay(text: string): string {
	const at = xeroTime(text);
	if (at !== undefined) return new Date(at).toISOString().slice(0, DAY_LENGTH);
	return ISO_DAY.test(text) ? text.slice(0, DAY_LENGTH) : text;
}

function plainTime(text: string): string {
	// A time of Xero's without a zone is UTC.
	const at = xeroTime(text) ?? Date.parse(ZONED.test(text) ? text : `${text}Z`);
	return Number.isNaN(at) ? text : new Date(at).toISOString();
}

function xeroTime(text: string): number | undefined {
	const [, ms] = XERO_TIME.exec(text) ?? [];
	const at = Number(ms);
	return ms !== undefined && Math.abs(at) <= LAST_TIME ? at : undefined;
}

function plainList(member: string, list: readonly unknown[]): unknown {
	if (member === 'Phones') return plainPhones(list);
	if (member === 'Addresses') return byType('AddressType', list);
	const items = list.map((item) => plainValue(member, item)).filter((item) => item !== null);
	return items.length === 0 ? null : items;
}

function plainObject(object: Readonly<Record<string, unknown>>): unknown {
	const members = Object.entries(object)
		.map(([member, value]) => [member, plainValue(member, value)] as const)
		.filter(([, value]) => value !== null)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return members.length === 0 ? null : Object.fromEntries(members);
}

/** Xero answers one of each type, most of them empty, and the number in up to three parts. */
function plainPhones(list: readonly unknown[]): unknown {
	const numbers = list.flatMap((phone) => {
		const { PhoneType, PhoneCountryCode, PhoneAreaCode, PhoneNumber } = membersOf(phone);
		const parts = [PhoneCountryCode, PhoneAreaCode, PhoneNumber];
		const digits = parts
			.map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : ''))
			.join('')
			.replaceAll(/\D/g, '')
			.replace(/^00/, '');
		return digits === '' ? [] : [{ PhoneNumber: digits, PhoneType: PhoneType ?? 'DEFAULT' }];
	});
	return byType('PhoneType', numbers);
}

/** In the order of their types, without those that say nothing but their type. */
function byType(type: string, list: readonly unknown[]): unknown {
	const items = list.flatMap((item) => {
		const plain = membersOf(plainValue('', item));
		return Object.keys(plain).some((member) => member !== type) ? [plain] : [];
	});
	const spelled = items.map((item) => ({ item, text: JSON.stringify([item[type], item]) }));
	spelled.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
	return spelled.length === 0 ? null : spelled.map(({ item }) => item);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Readonly<Record<string, unknown>>)
		: {};
}

/** Numbers in Xero's OpenAPI file, of the records that can be linked. Codes are none: 0200 is not 200. */
const AMOUNTS: ReadonlySet<string> = new Set([
	...['Amount', 'UnitAmount', 'Quantity', 'LineAmount', 'TaxAmount', 'DiscountRate'],
	...['DiscountAmount', 'SubTotal', 'TotalTax', 'Total', 'TotalDiscount', 'CurrencyRate'],
	...['UnitPrice', 'Rate', 'BankAmount', 'Discount', 'Percentage'],
]);

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const DAY = /^(Date|\w+Date|DateString|\w+DateString)$/;
const TIME = /DateUTC(String)?$/;
const ISO_DAY = /^\d{4}-\d\d-\d\d(?!\d)/;
const DAY_LENGTH = '2026-11-30'.length;
const ZONED = /(Z|[+-]\d\d:?\d\d)$/i;
const XERO_TIME = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;
/** The last millisecond that a Date can hold (ECMAScript §21.4.1.1). */
const LAST_TIME = 8.64e15;
