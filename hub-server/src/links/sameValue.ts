import { isObject } from '../../protocol/xero';
import { printDecimal, readDecimal, rounded } from '../records/decimal';

/**
 * Whether two values of one member of Xero's say the same, however they are spelled: blanks around and repeated
 * inside, e-mail addresses in capitals, numbers of phones with their signs, amounts with more decimals than Xero
 * has, dates as Xero answers and takes them. What is empty says the same as what is not there. Lists have no
 * order: Xero does not keep the one of lines (Xero-NetStandard#374).
 *
 * @param member Xero's name of it, such as `EmailAddress`
 */
export function sameValue(member: string, one: unknown, other: unknown): boolean {
	return JSON.stringify(canonical(member, one)) === JSON.stringify(canonical(member, other));
}

/** Whether a value says nothing. */
export function isEmptyValue(member: string, value: unknown): boolean {
	return canonical(member, value) === undefined;
}

/** One spelling of all that say the same; undefined where it says nothing. */
function canonical(member: string, value: unknown): unknown {
	if (value === undefined || value === null) return undefined;
	if (Array.isArray(value)) return canonicalList(member, value);
	if (isObject(value)) return canonicalObject(value);
	return canonicalText(member, value);
}

function canonicalList(member: string, list: readonly unknown[]): unknown {
	const elements = list
		.map((element) => canonical(member, element))
		.filter((element) => element !== undefined)
		.map((element) => JSON.stringify(element));
	return elements.length === 0 ? undefined : elements.sort();
}

function canonicalObject(value: Readonly<Record<string, unknown>>): unknown {
	const isPhone = PHONE_PARTS.some((part) => Object.hasOwn(value, part));
	const members = isPhone
		? { PhoneType: value['PhoneType'] ?? 'DEFAULT', digits: digitsOf(value) }
		: value;
	const entries = Object.entries(members)
		.filter(([name]) => !OF_THE_ANSWER.has(name))
		.map(([name, part]) => [name, canonical(name, part)] as const)
		.filter(([, part]) => part !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	return entries.every(([name]) => SLOT_LABELS.has(name)) ? undefined : Object.fromEntries(entries);
}

function canonicalText(member: string, value: unknown): string | undefined {
	const text = String(value)
		.normalize('NFC')
		.replace(/\r\n?/g, '\n')
		.replace(/[^\S\n]+/g, ' ')
		.trim();
	if (text === '') return undefined;
	const places = DECIMAL_PLACES.get(member);
	const decimal = places === undefined ? undefined : readDecimal(text);
	if (places !== undefined && decimal !== undefined) return printDecimal(rounded(decimal, places));
	if (DAY.test(member)) return dayOf(text) ?? text;
	if (TIME.test(member)) return timeOf(text) ?? text;
	return WITHOUT_CASE.test(member) ? text.toLowerCase() : text;
}

/** Xero keeps a number in parts, and other systems in one. A `00` before the country is its plus sign. */
function digitsOf(phone: Readonly<Record<string, unknown>>): string {
	return PHONE_PARTS.map((part) => String(phone[part] ?? ''))
		.join('')
		.replace(/\D/g, '')
		.replace(/^00/, '');
}

/** `2026-03-01` of what Xero answers or takes. */
function dayOf(text: string): string | undefined {
	return xeroTime(text)?.slice(0, 10) ?? /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0];
}

/** A time of Xero's without a zone is UTC. */
function timeOf(text: string): string | undefined {
	const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
	return xeroTime(text) ?? isoOf(new Date(zoned));
}

function xeroTime(text: string): string | undefined {
	const ms = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
	return ms === undefined ? undefined : isoOf(new Date(Number(ms)));
}

function isoOf(date: Date): string | undefined {
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

const PHONE_PARTS = ['PhoneCountryCode', 'PhoneAreaCode', 'PhoneNumber'] as const;
/** What says which slot it is: without anything else the slot is empty. */
const SLOT_LABELS = new Set(['PhoneType', 'AddressType']);
/** Xero's word about an element, and the id of a line, which a line made anew does not keep. */
const OF_THE_ANSWER = new Set([
	'LineItemID',
	'ValidationErrors',
	'Warnings',
	'HasValidationErrors',
]);
const DAY = /Date(String)?$/;
const TIME = /DateUTC(String)?$/;
const WITHOUT_CASE = /(ID|Status|Types?|Class|CurrencyCode|DefaultCurrency|EmailAddress)$/;
/** Decimals of money, of unit prices, quantities and rates, and of exchange rates (xero-facts §6.1). */
const DECIMAL_PLACES: ReadonlyMap<string, number> = new Map([
	...[
		...['Amount', 'LineAmount', 'TaxAmount', 'DiscountAmount', 'BankAmount', 'RoundingAmount'],
		...['Total', 'SubTotal', 'TotalTax', 'EnteredTotal', 'AmountDue', 'AmountPaid'],
	].map((member) => [member, 2] as const),
	...['UnitAmount', 'UnitPrice', 'Quantity', 'DiscountRate', 'Rate', 'EffectiveRate', 'Day'].map(
		(member) => [member, 4] as const,
	),
	['CurrencyRate', 6],
]);
