import { accounts } from './accountRecords';
import { bankTransactions } from './bankTransactionRecords';
import { contacts } from './contactRecords';
import { bills, invoices } from './invoiceRecords';
import { payments } from './paymentRecords';
import type { RecordKind } from './RecordKind';

/** What the records viewer shows, in the order of its tabs. */
export const RECORD_KINDS: readonly RecordKind[] = [
	invoices,
	bills,
	contacts,
	payments,
	bankTransactions,
	accounts,
];
