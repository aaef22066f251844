import type { Invoice } from '../../world/Books';
import type { Dated } from '../document/checkLocks';

/** An invoice, bill or credit note as lock dates see it: in the ledger once it is approved. */
export function datedDocument({ dateMs, status }: Pick<Invoice, 'dateMs' | 'status'>): Dated {
	return { dateMs, isPosted: status === 'AUTHORISED' || status === 'PAID' };
}
