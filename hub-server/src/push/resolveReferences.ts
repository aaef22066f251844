import { isObject, type XeroRecord } from '../../protocol/xero';
import type { Link, LinkedEntity } from '../links/Link';

/** A record of the same system that another one names. */
export interface Reference {
	readonly externalId: string;
	/** In the order in which they are tried: a payment's document is an invoice or a bill. */
	readonly entities: readonly LinkedEntity[];
	/** `LineItems 2, Item`, for people. */
	readonly where: string;
}

export type ResolveReference = (reference: Reference) => unknown;

/** Which kinds of record stand under which member of Xero's. */
const NAMED: Readonly<Record<string, readonly LinkedEntity[]>> = {
	Contact: ['contact'],
	Invoice: ['invoice', 'bill'],
	CreditNote: ['credit_note'],
	Item: ['item'],
	ItemCode: ['item'],
	Account: ['account'],
	AccountCode: ['account'],
	BankAccount: ['account'],
	TaxType: ['tax_rate'],
};

/**
 * The record with what `{externalId}` names put in its place, wherever Xero takes a record. Of a member under which
 * nothing can be linked the reference says so by having no entities.
 */
export function resolveReferences(fields: XeroRecord, resolve: ResolveReference): XeroRecord {
	return inside(fields, '', resolve) as XeroRecord;
}

/** All that a record names. */
export function referencesIn(fields: XeroRecord): readonly Reference[] {
	const found: Reference[] = [];
	resolveReferences(fields, (reference) => {
		found.push(reference);
		return null;
	});
	return found;
}

function inside(value: unknown, where: string, resolve: ResolveReference): unknown {
	if (Array.isArray(value)) {
		return value.map((element: unknown, index) =>
			inside(element, `${where} ${index + 1}`, resolve),
		);
	}
	if (!isObject(value)) return value;
	const entries: Array<readonly [string, unknown]> = [];
	for (const [member, part] of Object.entries(value)) {
		const place = where === '' ? member : `${where}, ${member}`;
		if (!isReference(part)) {
			entries.push([member, inside(part, place, resolve)]);
			continue;
		}
		const entities = Object.hasOwn(NAMED, member) ? (NAMED[member] ?? []) : [];
		const found = resolve({ externalId: String(part['externalId']), entities, where: place });
		// Xero reads the item of a line by its code alone.
		entries.push([member === 'Item' && typeof found === 'string' ? 'ItemCode' : member, found]);
	}
	return Object.fromEntries(entries);
}

function isReference(value: unknown): value is { readonly externalId: unknown } {
	return isObject(value) && Object.hasOwn(value, 'externalId');
}

const ID_MEMBERS: Readonly<Partial<Record<LinkedEntity, string>>> = {
	contact: 'ContactID',
	invoice: 'InvoiceID',
	bill: 'InvoiceID',
	credit_note: 'CreditNoteID',
	account: 'AccountID',
};

/** Whether what the reference names stands there by its code, so that the record's Code has to be known. */
export function isByCode({ where }: Reference): boolean {
	return /(?:^|, )(?:Item|ItemCode|AccountCode)$/.test(where);
}

/** As Xero takes a linked record in the reference's place. @param code of the record, where it stands by its code */
export function namedRecord(
	reference: Reference,
	link: Pick<Link, 'entity' | 'xeroId'>,
	code: string | undefined,
): unknown {
	if (isByCode(reference)) return code;
	const member = ID_MEMBERS[link.entity];
	return member === undefined ? link.xeroId : { [member]: link.xeroId };
}
