import type { LinkedEntity } from '../links/Link';
import { findEntity, type XeroEntity } from '../records/xeroEntities';
import type { XeroRecord } from '../../protocol/xero';

/** How records of one kind are pushed. */
export interface PushedEntity {
	readonly name: LinkedEntity;
	readonly xero: XeroEntity;
	/** Elements a request: where Xero takes one only, a record costs a call (xero-facts 6.3). */
	readonly atOnce: number;
	/** Whether it takes `summarizeErrors` and answers each element (Xero's OpenAPI 16.1.0). */
	readonly isBatched: boolean;
	/** Whether its amounts have four decimals. */
	readonly hasPrices: boolean;
	/** What each record of the kind has. */
	readonly fixed: XeroRecord;
	/** What a new one has unless the push says otherwise. */
	readonly usual: XeroRecord;
	/** Read through `IDs=`; others one by one, or as a whole list. */
	readonly isReadBy: 'ids' | 'one' | 'list';
	/** What a mark can be set in, where it is empty. */
	readonly markIn: 'ContactNumber' | 'Url' | null;
	/** The member by which a person names it. */
	readonly naturalKey: string | null;
	/** Whether Xero changes it at all; a payment can only be deleted. */
	readonly isChangeable: boolean;
	/** Which of its two parties' rates its lines have; null where each says it itself. */
	readonly direction: 'sales' | 'purchases' | null;
}

const BATCH = 50;

const document = {
	atOnce: BATCH,
	isBatched: true,
	hasPrices: true,
	usual: { Status: 'DRAFT' },
	isChangeable: true,
} as const;

const setting = {
	hasPrices: false,
	fixed: {},
	usual: {},
	isReadBy: 'list',
	markIn: null,
	isChangeable: true,
	direction: null,
} as const;

const ENTITIES: Readonly<Record<LinkedEntity, Omit<PushedEntity, 'name' | 'xero'>>> = {
	contact: {
		...{ atOnce: BATCH, isBatched: true, hasPrices: false, fixed: {}, usual: {} },
		...{ isReadBy: 'ids', markIn: 'ContactNumber', naturalKey: 'ContactNumber' },
		...{ isChangeable: true, direction: null },
	},
	invoice: {
		...document,
		...{ fixed: { Type: 'ACCREC' }, isReadBy: 'ids', markIn: 'Url', naturalKey: 'InvoiceNumber' },
		direction: 'sales',
	},
	bill: {
		...document,
		...{ fixed: { Type: 'ACCPAY' }, isReadBy: 'ids', markIn: 'Url', naturalKey: 'InvoiceNumber' },
		direction: 'purchases',
	},
	credit_note: {
		...document,
		...{ fixed: {}, isReadBy: 'one', markIn: null, naturalKey: 'CreditNoteNumber' },
		direction: null,
	},
	bank_transaction: {
		...document,
		...{ fixed: {}, usual: {}, isReadBy: 'one', markIn: 'Url', naturalKey: null },
		direction: null,
	},
	payment: {
		...{ atOnce: BATCH, isBatched: true, hasPrices: false, fixed: {}, usual: {} },
		...{ isReadBy: 'one', markIn: null, naturalKey: null, isChangeable: false, direction: null },
	},
	item: { ...setting, atOnce: BATCH, isBatched: true, hasPrices: true, naturalKey: 'Code' },
	account: { ...setting, atOnce: 1, isBatched: false, naturalKey: 'Code' },
	tax_rate: { ...setting, atOnce: 1, isBatched: false, naturalKey: 'Name' },
};

export function pushedEntity(name: LinkedEntity): PushedEntity {
	return { ...ENTITIES[name], name, xero: findEntity(name) as XeroEntity };
}
