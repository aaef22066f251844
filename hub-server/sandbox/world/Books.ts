import type { BankStatement, FeedConnection } from './BankFeeds';
import type { BankTransaction, BankTransfer } from './BankTransaction';
import type { ContactGroup } from './ContactGroup';
import type { Allocation, Credit } from './Credit';
import type { Budget } from './Budget';
import type { Cents, Decimal4 } from './decimal';
import type { DocumentHead } from './DocumentHead';
import type { Journal } from './Journal';
import type { LinkedTransaction } from './LinkedTransaction';
import type { ManualJournal } from './ManualJournal';
import type { BatchPayment, Payment } from './Payment';
import type { PaymentService } from './PaymentService';
import type { PurchaseOrder } from './PurchaseOrder';
import type { Quote } from './Quote';
import type { RecordFiles } from './RecordFiles';
import type { RecordHistory } from './RecordHistory';
import type { RepeatingInvoice } from './RepeatingInvoice';
import type { FileFolder, StoredFile } from './StoredFile';
import type { Table, TableRow } from './Table';

/** Everything one organisation keeps. */
export interface Books {
	readonly contacts: Table<Contact>;
	readonly contactGroups: Table<ContactGroup>;
	readonly invoices: Table<Invoice>;
	readonly repeatingInvoices: Table<RepeatingInvoice>;
	readonly creditNotes: Table<Credit>;
	readonly prepayments: Table<Credit>;
	readonly overpayments: Table<Credit>;
	readonly allocations: Table<Allocation>;
	readonly payments: Table<Payment>;
	readonly batchPayments: Table<BatchPayment>;
	readonly accounts: Table<Account>;
	readonly taxRates: Table<TaxRate>;
	readonly items: Table<Item>;
	readonly currencies: Table<Currency>;
	readonly brandingThemes: Table<BrandingTheme>;
	readonly trackingCategories: Table<TrackingCategory>;
	readonly users: Table<OrganisationUser>;
	readonly bankTransactions: Table<BankTransaction>;
	readonly bankTransfers: Table<BankTransfer>;
	readonly manualJournals: Table<ManualJournal>;
	readonly journals: Table<Journal>;
	readonly linkedTransactions: Table<LinkedTransaction>;
	readonly budgets: Table<Budget>;
	readonly paymentServices: Table<PaymentService>;
	readonly quotes: Table<Quote>;
	readonly purchaseOrders: Table<PurchaseOrder>;
	readonly feedConnections: Table<FeedConnection>;
	readonly bankStatements: Table<BankStatement>;
	readonly storedFiles: Table<StoredFile>;
	readonly folders: Table<FileFolder>;
	/** By the id of the record they belong to. */
	readonly history: Table<RecordHistory>;
	readonly files: Table<RecordFiles>;
	/** Last number given out, per kind of document. */
	readonly counters: Map<string, number>;
}

/** Fields that Xero stores as sent and the sandbox does not compute with, under Xero's own names. */
export type StoredFields = Readonly<Record<string, unknown>>;

export interface Contact extends TableRow {
	readonly name: string;
	readonly status: 'ACTIVE' | 'ARCHIVED' | 'GDPRREQUEST';
	readonly number: string | undefined;
	/** The contact that it was merged into. */
	readonly mergedIntoId?: string;
	readonly fields: StoredFields;
}

export interface Invoice extends TableRow, DocumentHead {
	readonly type: 'ACCREC' | 'ACCPAY';
	readonly number: string;
	readonly status: InvoiceStatus;
	readonly dueDateMs: number | undefined;
	readonly lines: readonly InvoiceLine[];
	readonly totals: Totals;
	readonly payments: readonly InvoicePayment[];
	readonly amountCredited: Cents;
	/** What its total was rounded by; undefined where the organisation does not round. */
	readonly roundingAmount?: Cents | undefined;
	readonly enteredTotal?: Cents | undefined;
	readonly sentToContact: boolean;
	readonly expectedPaymentDateMs: number | undefined;
	readonly plannedPaymentDateMs: number | undefined;
	readonly createdByClientId: string | undefined;
	/** Reference, Url, BrandingThemeID. */
	readonly fields: StoredFields;
}

export type InvoiceStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED';
export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';

export interface InvoiceLine {
	readonly id: string;
	readonly description: string | undefined;
	readonly quantity: Decimal4;
	readonly unitAmount: Decimal4;
	/** Percent in ten-thousandths: 12.5 % is 125,000. */
	readonly discountRate: Decimal4 | undefined;
	readonly discountAmount: Cents | undefined;
	readonly lineAmount: Cents;
	readonly taxAmount: Cents;
	/** Undefined for a line of a quote that was given none. */
	readonly taxType: string | undefined;
	readonly accountCode: string | undefined;
	readonly itemCode: string | undefined;
	readonly tracking: readonly LineTracking[];
}

export interface LineTracking {
	readonly categoryId: string;
	readonly optionId: string;
}

export interface Totals {
	readonly subTotal: Cents;
	readonly totalTax: Cents;
	readonly total: Cents;
	readonly totalDiscount: Cents;
}

export interface InvoicePayment {
	readonly id: string;
	readonly dateMs: number;
	readonly amount: Cents;
	readonly reference: string | undefined;
}

export interface Account extends TableRow {
	readonly code: string | undefined;
	readonly name: string;
	readonly type: string;
	readonly class: 'ASSET' | 'EQUITY' | 'EXPENSE' | 'LIABILITY' | 'REVENUE';
	readonly taxType: string;
	readonly status: 'ACTIVE' | 'ARCHIVED';
	readonly systemAccount: string | undefined;
	readonly fields: StoredFields;
}

/** `id` is the TaxType. */
export interface TaxRate extends TableRow {
	readonly name: string;
	/** Percent in ten-thousandths: 15 % is 150,000. */
	readonly rate: Decimal4;
	readonly reportTaxType: string | undefined;
	readonly components: readonly TaxComponent[];
	readonly appliesTo: readonly Account['class'][];
	readonly status: 'ACTIVE' | 'DELETED';
}

export interface TaxComponent {
	readonly name: string;
	readonly rate: Decimal4;
	/** Comes on top of the other components too. */
	readonly isCompound: boolean;
	readonly isNonRecoverable: boolean;
}

export interface Item extends TableRow {
	readonly code: string;
	readonly name: string | undefined;
	readonly description: string | undefined;
	readonly purchaseDescription: string | undefined;
	readonly isSold: boolean;
	readonly isPurchased: boolean;
	readonly sales: ItemPrice | undefined;
	readonly purchase: ItemPrice | undefined;
	/** Set for an item whose stock Xero counts. */
	readonly inventoryAccountCode: string | undefined;
}

export interface ItemPrice {
	readonly unitPrice: Decimal4 | undefined;
	/** Of a tracked item's purchases: the cost of goods sold. */
	readonly accountCode: string | undefined;
	readonly taxType: string | undefined;
}

/** `id` is the ISO code. */
export interface Currency extends TableRow {
	readonly description: string;
}

export interface BrandingTheme extends TableRow {
	readonly name: string;
	readonly sortOrder: number;
}

export interface TrackingCategory extends TableRow {
	readonly name: string;
	readonly status: 'ACTIVE' | 'ARCHIVED';
	readonly options: readonly {
		readonly id: string;
		readonly name: string;
		readonly status: 'ACTIVE' | 'ARCHIVED';
	}[];
}

export interface OrganisationUser extends TableRow {
	readonly email: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly isSubscriber: boolean;
	readonly role: string;
}
