import type { XeroRecord } from '../../protocol/xero';
import type { WritePolicy } from '../database/tables';
import type { LinkedEntity } from '../links/Link';

/** Members that Xero wants with each change (Xero's OpenAPI 16.1.0, and its page of tax rates). */
const ALWAYS: Readonly<Partial<Record<LinkedEntity, readonly string[]>>> = {
	invoice: ['Type'],
	bill: ['Type'],
	credit_note: ['Type'],
	bank_transaction: ['Type'],
	item: ['Code'],
	tax_rate: ['Name', 'TaxComponents'],
};

/** What a person makes of a draft. */
const WITH_DRAFTS: ReadonlySet<LinkedEntity> = new Set(['invoice', 'bill', 'credit_note']);

/**
 * Members of the record that are sent besides what changes. Where automation may write drafts only, a document says
 * that it is one: the policy sees it, and Xero refuses the change of one that a person has approved since it was read,
 * as it takes no document back to DRAFT (xero-facts §6.6).
 *
 * @param present the record as Xero has it
 */
export function repeatedMembers(
	entity: LinkedEntity,
	present: XeroRecord,
	policy: WritePolicy,
): XeroRecord {
	const isJudged = policy === 'drafts' && WITH_DRAFTS.has(entity);
	const members = [...(ALWAYS[entity] ?? []), ...(isJudged ? ['Status'] : [])].filter(
		(member) => present[member] !== undefined,
	);
	return Object.fromEntries(members.map((member) => [member, present[member]]));
}
