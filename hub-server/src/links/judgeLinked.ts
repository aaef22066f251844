import type { LinkedEntity } from './Link';

/** What is known of the record that a link links to. */
export interface LinkedStanding {
	/** Xero's own word, in capitals. */
	readonly status: string | null;
	/** The contact that it was merged into. */
	readonly mergedInto: string | null;
	/** A full read of the list did not find it any more. */
	readonly isDeleted: boolean;
}

/**
 * Why a link cannot be used any more, and what to do; undefined where it can.
 * Which statuses there are: Xero's OpenAPI file 16.1.0. That an archived contact takes no edit: Xero's own refusal, "Archived contacts
 * cannot currently be edited via the API".
 */
export function judgeLinked(
	entity: LinkedEntity,
	{ status, mergedInto, isDeleted }: LinkedStanding,
): string | undefined {
	const name = ENTITY_NAMES[entity];
	if (mergedInto !== null) {
		return `The ${name} was merged into another one in Xero (${mergedInto}), which is linked already. Merge the two records in the other system too, or remove this link.`;
	}
	switch (status ?? '') {
		case 'GDPRREQUEST':
			return `The ${name}'s details were erased in Xero at that person's request. Erase them in the other system too, and remove this link.`;
		case 'ARCHIVED':
			return `The ${name} is archived in Xero, which takes no change to it. Restore it in Xero, or link another one.`;
		case 'VOIDED':
			return `The ${name} was voided in Xero, which takes no change to it and never brings it back. Remove this link to make a new one.`;
		case 'DELETED':
			return `The ${name} was deleted in Xero, which never brings it back. Remove this link to make a new one.`;
	}
	return isDeleted
		? `Xero does not list the ${name} any more. Remove this link to make a new one, or link another one.`
		: undefined;
}

/** Of an organisation that Xero has reset: every id in it is new. */
export const RESET_REASON =
	'The organisation was reset at Xero, so its records have other ids now. Remove this link, or link the record as it is now.';

/** Of one, in a sentence. */
export const ENTITY_NAMES: Readonly<Record<LinkedEntity, string>> = {
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
