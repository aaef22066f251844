import { isObject, type XeroRecord } from '../../protocol/xero';
import type { LinkedEntity } from '../links/Link';
import { ZERO, compared, readDecimal } from '../records/decimal';
import { sameValue } from '../links/sameValue';
import { dayOf } from './dayOf';

/** Why Xero does not take a change, and what to do. */
export interface Closed {
	readonly reason: string;
	readonly nextStep: string;
}

/** What a record in Xero still takes. `some`: only the members that `takes` lets through. */
export type Openness =
	| { readonly takes: 'all' }
	| { readonly takes: 'nothing'; readonly closed: Closed }
	| {
			readonly takes: 'some';
			readonly isOpen: (member: string, value: unknown) => boolean;
			readonly closed: Closed;
	  };

/**
 * What of a record Xero still takes (xero-facts §6.6): nothing of what is void, deleted, archived or before a lock
 * date, and of what is paid, or paid in part, its words and references alone.
 *
 * @param lockDate the later of the organisation's lock dates, `2026-03-31`; null where it has none
 */
export function opennessOf(
	entity: LinkedEntity,
	xero: XeroRecord,
	lockDate: string | null,
): Openness {
	const word = WORDS[entity];
	const status = String(xero['Status'] ?? xero['ContactStatus'] ?? '').toUpperCase();

	if (entity === 'contact') {
		if (isObject(xero) && typeof xero['MergedToContactID'] === 'string') {
			return nothing(
				`This contact was merged into another one in Xero (${xero['MergedToContactID']}).`,
				'Link the record to that contact, or remove the link and push again.',
			);
		}
		return status === 'ARCHIVED'
			? nothing(
					'This contact is archived in Xero, and Xero changes no archived contact.',
					'Restore the contact in Xero, then push again.',
				)
			: { takes: 'all' };
	}
	if (status === 'VOIDED' || status === 'DELETED') {
		return nothing(
			`This ${word} is ${status.toLowerCase()} in Xero, which is final.`,
			`Remove the link and push again if Xero is to get a new ${word}.`,
		);
	}
	if (entity === 'account' && String(xero['Type']).toUpperCase() === 'BANK') {
		return nothing(
			'Xero does not let programs change a bank account.',
			'Change the bank account in Xero.',
		);
	}
	if (entity === 'payment') {
		return {
			takes: 'some',
			isOpen: (member) => member === 'Status',
			closed: {
				reason: 'Xero does not change a payment.',
				nextStep:
					'Undo the push of the payment, or delete the payment in Xero and remove the link, then push again.',
			},
		};
	}
	if (!DOCUMENTS.has(entity)) return { takes: 'all' };
	if (isLocked(xero, status, lockDate)) {
		return nothing(
			`This ${word} is dated ${dayOf(xero)}, and the books are locked up to ${lockDate}.`,
			'Move the lock date in Xero, then push again.',
		);
	}
	return isSettled(xero)
		? {
				takes: 'some',
				isOpen: (member, value) =>
					OPEN_WHEN_PAID.has(member) ||
					(member === 'LineItems' && changesWordsOnly(xero['LineItems'], value)),
				closed: {
					reason: `This ${word} has a payment or credit against it in Xero, and Xero changes no amounts then.`,
					nextStep: `Remove the payment or credit in Xero and push again, or take over what Xero has.`,
				},
			}
		: { takes: 'all' };
}

const WORDS: Readonly<Record<LinkedEntity, string>> = {
	contact: 'contact',
	item: 'item',
	invoice: 'invoice',
	bill: 'bill',
	credit_note: 'credit note',
	payment: 'payment',
	bank_transaction: 'bank transaction',
	account: 'account',
	tax_rate: 'tax rate',
};

const DOCUMENTS: ReadonlySet<LinkedEntity> = new Set([
	...(['invoice', 'bill', 'credit_note', 'bank_transaction'] as const),
]);

const OPEN_WHEN_PAID = new Set([
	...['Reference', 'DueDate', 'InvoiceNumber', 'BrandingThemeID', 'Url', 'Contact'],
	...['PlannedPaymentDate', 'SentToContact', 'Status'],
]);

/** Of a line with its id. */
const AMOUNTS_OF_A_LINE = [
	...['Quantity', 'UnitAmount', 'LineAmount', 'TaxAmount', 'DiscountRate', 'DiscountAmount'],
	...['ItemCode', 'TaxType'],
];

function nothing(reason: string, nextStep: string): Openness {
	return { takes: 'nothing', closed: { reason, nextStep } };
}

/** Whether a draft is locked too is not documented: Xero itself says so, where it is. */
function isLocked(xero: XeroRecord, status: string, lockDate: string | null): boolean {
	const day = dayOf(xero['Date']) ?? dayOf(xero['DateString']);
	const isPosted = status !== 'DRAFT' && status !== 'SUBMITTED';
	return lockDate !== null && isPosted && day !== undefined && day <= lockDate;
}

function isSettled(xero: XeroRecord): boolean {
	const isMoved = ['AmountPaid', 'AmountCredited', 'AppliedAmount'].some((member) => {
		const amount = readDecimal(xero[member]);
		return amount !== undefined && compared(amount, ZERO) !== 0;
	});
	const isListed = ['Payments', 'Allocations', 'CreditNotes', 'Prepayments', 'Overpayments'].some(
		(member) => Array.isArray(xero[member]) && xero[member].length > 0,
	);
	return isMoved || isListed || String(xero['Status']).toUpperCase() === 'PAID';
}

function changesWordsOnly(held: unknown, wanted: unknown): boolean {
	if (!Array.isArray(held) || !Array.isArray(wanted) || held.length !== wanted.length) return false;
	const old = held.filter(isObject);
	return wanted.filter(isObject).every((line) => {
		const own = old.find((candidate) =>
			sameValue('LineItemID', candidate['LineItemID'], line['LineItemID']),
		);
		return (
			line['LineItemID'] !== undefined &&
			own !== undefined &&
			AMOUNTS_OF_A_LINE.filter((member) => line[member] !== undefined).every((member) =>
				sameValue(member, line[member], own[member]),
			)
		);
	});
}
