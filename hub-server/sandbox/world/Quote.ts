import type { InvoiceLine, StoredFields, Totals } from './Books';
import type { DocumentHead } from './DocumentHead';
import type { TableRow } from './Table';

export interface Quote extends TableRow, DocumentHead {
	readonly number: string;
	readonly status: QuoteStatus;
	readonly expiryDateMs: number | undefined;
	readonly lines: readonly InvoiceLine[];
	readonly totals: Totals;
	/** Reference, Terms, Title, Summary, BrandingThemeID. */
	readonly fields: StoredFields;
}

export type QuoteStatus = 'DRAFT' | 'SENT' | 'DECLINED' | 'ACCEPTED' | 'INVOICED' | 'DELETED';
