import type { Books, StoredFields } from '../../world/Books';
import { isObject, type Element } from '../../writing/readElements';
import { readDefaultTracking } from './readDefaultTracking';

/** Longest text that each field takes (Xero's contract). */
const TEXT_FIELDS: Readonly<Record<string, number>> = {
	AccountNumber: 50,
	FirstName: 255,
	LastName: 255,
	CompanyNumber: 50,
	EmailAddress: 255,
	BankAccountDetails: 255,
	TaxNumber: 50,
	TaxNumberType: 4,
	AccountsReceivableTaxType: 50,
	AccountsPayableTaxType: 50,
	DefaultCurrency: 3,
	XeroNetworkKey: 255,
	SalesDefaultAccountCode: 50,
	PurchasesDefaultAccountCode: 50,
	SalesDefaultLineAmountType: 9,
	PurchasesDefaultLineAmountType: 9,
};

const ADDRESS_FIELDS = [
	'AddressLine1',
	'AddressLine2',
	'AddressLine3',
	'AddressLine4',
	'City',
	'Region',
	'PostalCode',
	'Country',
	'AttentionTo',
];
const PHONE_FIELDS = ['PhoneNumber', 'PhoneAreaCode', 'PhoneCountryCode'];
const BATCH_PAYMENT_FIELDS = [
	'BankAccountNumber',
	'BankAccountName',
	'Details',
	'Code',
	'Reference',
];
const PERSON_FIELDS = ['FirstName', 'LastName', 'EmailAddress', 'IncludeInEmails'];

/** The stored fields after an element has been laid over them; what is not sent stays. */
export function readContactFields(
	books: Books,
	element: Element,
	before: StoredFields,
): { readonly fields: StoredFields; readonly messages: readonly string[] } {
	const fields: Record<string, unknown> = { ...before };
	const messages: string[] = [];

	for (const [name, longest] of Object.entries(TEXT_FIELDS)) {
		const value = element[name];
		if (value === undefined || value === null) continue;
		if (typeof value !== 'string') messages.push(`The ${name} must be text.`);
		else if (value.length > longest)
			messages.push(`The ${name} must not be longer than ${longest} characters.`);
		else fields[name] = value;
	}
	const email = fields['EmailAddress'];
	if (typeof email === 'string' && email !== '' && !isEmailAddress(email))
		messages.push('Email address must be valid');

	fields['Addresses'] = mergeSlots(
		before['Addresses'],
		element['Addresses'],
		'AddressType',
		ADDRESS_FIELDS,
	);
	fields['Phones'] = mergeSlots(before['Phones'], element['Phones'], 'PhoneType', PHONE_FIELDS);

	const persons = element['ContactPersons'];
	if (Array.isArray(persons)) {
		if (persons.length > 5) messages.push('A contact can have at most 5 contact persons.');
		fields['ContactPersons'] = persons.filter(isObject).map((person) => ({
			IncludeInEmails: false,
			...pick(person, PERSON_FIELDS),
		}));
	}
	if (isObject(element['PaymentTerms']))
		fields['PaymentTerms'] = paymentTerms(element['PaymentTerms']);
	for (const name of ['SalesTrackingCategories', 'PurchasesTrackingCategories']) {
		if (Array.isArray(element[name]))
			fields[name] = readDefaultTracking(books, element[name], messages);
	}
	if (isObject(element['BatchPayments']))
		fields['BatchPayments'] = pick(element['BatchPayments'], BATCH_PAYMENT_FIELDS);
	return { fields, messages };
}

function mergeSlots(
	before: unknown,
	sent: unknown,
	key: string,
	names: readonly string[],
): readonly Element[] {
	const slots = new Map<unknown, Element>(
		((before as readonly Element[] | undefined) ?? []).map((slot) => [slot[key], slot]),
	);
	for (const slot of Array.isArray(sent) ? sent.filter(isObject) : []) {
		slots.set(slot[key], { [key]: slot[key], ...pick(slot, names) });
	}
	return [...slots.values()];
}

function paymentTerms(sent: Element): Element {
	const sides = ['Bills', 'Sales'].filter((side) => isObject(sent[side]));
	return Object.fromEntries(
		sides.map((side) => [side, pick(sent[side] as Element, ['Day', 'Type'])]),
	);
}

function pick(element: Element, names: readonly string[]): Element {
	return Object.fromEntries(
		names
			.filter((name) => element[name] !== undefined && element[name] !== null)
			.map((name) => [name, element[name]]),
	);
}

function isEmailAddress(text: string): boolean {
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
