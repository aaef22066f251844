import { msDateTime } from '../../resource/xeroDate';
import type { Books } from '../../world/Books';
import type { LinkedTransaction } from '../../world/LinkedTransaction';
import type { Element } from '../../writing/readElements';
import { linkedSource } from './linkedSource';

export type LinkedStatus = 'APPROVED' | 'DRAFT' | 'ONDRAFT' | 'BILLED' | 'VOIDED';

const GONE = ['VOIDED', 'DELETED'];
const UNAPPROVED = ['DRAFT', 'SUBMITTED'];

/**
 * Xero's page: "derived from the statuses of the source and target transactions and cannot be explicitly
 * set".
 *
 * @param target undefined where the expense is on no sales invoice yet
 */
export function linkedStatus(source: string, target: string | undefined): LinkedStatus {
	if (GONE.includes(source)) return 'VOIDED';
	if (target !== undefined && !GONE.includes(target)) {
		return UNAPPROVED.includes(target) ? 'ONDRAFT' : 'BILLED';
	}
	return UNAPPROVED.includes(source) ? 'DRAFT' : 'APPROVED';
}

export function linkedStatusOf(books: Books, link: LinkedTransaction): LinkedStatus {
	const target = link.targetId === undefined ? undefined : books.invoices.get(link.targetId);
	return linkedStatus(linkedSource(books, link.sourceId)?.status ?? 'DELETED', target?.status);
}

export function presentLinkedTransaction(books: Books, link: LinkedTransaction): Element {
	return {
		LinkedTransactionID: link.id,
		SourceTransactionID: link.sourceId,
		SourceLineItemID: link.sourceLineId,
		...(link.contactId !== undefined && { ContactID: link.contactId }),
		...(link.targetId !== undefined && { TargetTransactionID: link.targetId }),
		...(link.targetLineId !== undefined && { TargetLineItemID: link.targetLineId }),
		Status: linkedStatusOf(books, link),
		Type: 'BILLABLEEXPENSE',
		UpdatedDateUTC: msDateTime(link.updatedMs),
		SourceTransactionTypeCode: linkedSource(books, link.sourceId)?.typeCode ?? 'ACCPAY',
	};
}
