import type { InvoiceLine, StoredFields, Totals } from './Books';
import type { DocumentHead } from './DocumentHead';
import type { TableRow } from './Table';

export interface PurchaseOrder extends TableRow, DocumentHead {
	readonly number: string;
	readonly status: PurchaseOrderStatus;
	readonly deliveryDateMs: number | undefined;
	readonly expectedArrivalDateMs: number | undefined;
	readonly lines: readonly InvoiceLine[];
	readonly totals: Totals;
	readonly sentToContact: boolean;
	/** Reference, BrandingThemeID and where to deliver. */
	readonly fields: StoredFields;
}

export type PurchaseOrderStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'BILLED' | 'DELETED';
