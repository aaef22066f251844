import type { BankTransaction, BankTransfer } from '../../world/BankTransaction';
import type { Account, Books, InvoiceLine, LineAmountTypes } from '../../world/Books';
import type { Cents } from '../../world/decimal';
import type { Journal, JournalLine } from '../../world/Journal';
import type { ManualJournal } from '../../world/ManualJournal';
import type { Payment } from '../../world/Payment';

/** What the general ledger should say of one document; a journal without its number. */
export interface Posting extends Pick<
	Journal,
	'dateMs' | 'reference' | 'sourceId' | 'sourceType' | 'updatedMs'
> {
	readonly lines: readonly PostingLine[];
}

export type PostingLine = Omit<JournalLine, 'id'>;

/**
 * One posting for every document that stands in the accounts, in the order in which they changed.
 * Drafts, and what was voided or deleted, have none.
 */
export function wantedPostings(books: Books): readonly Posting[] {
	const chart = chartOf(books);
	return [
		...[...books.invoices.values()].filter(stands).map((row) => ofDocument(chart, row)),
		...[...books.creditNotes.values()].filter(stands).map((row) => ofDocument(chart, row)),
		...[...books.payments.values()].flatMap((row) => ofPayment(books, chart, row)),
		...[...books.bankTransactions.values()].flatMap((row) => ofBankTransaction(chart, row)),
		...[...books.bankTransfers.values()].flatMap(ofBankTransfer),
		...[...books.manualJournals.values()].flatMap((row) => ofManualJournal(chart, row)),
	].sort((a, b) => a.updatedMs - b.updatedMs || (a.sourceId < b.sourceId ? -1 : 1));
}

interface Chart {
	byCode(code: string | undefined): string;
	/** By `SystemAccount`, such as `DEBTORS`. */
	system(name: string): string;
}

function chartOf(books: Books): Chart {
	const systems = new Map(
		[...books.accounts.values()].flatMap(({ id, systemAccount }) =>
			systemAccount === undefined ? [] : [[systemAccount, id] as const],
		),
	);
	const system = (name: string) => systems.get(name) ?? '';
	return {
		system,
		byCode(code) {
			const account: Account | undefined =
				code === undefined ? undefined : books.accounts.find('code', code.toLowerCase());
			return account?.id ?? system('HISTORICAL');
		},
	};
}

function stands({ status }: { readonly status: string }): boolean {
	return status === 'AUTHORISED' || status === 'PAID';
}

interface Document {
	readonly id: string;
	readonly updatedMs: number;
	readonly type: 'ACCREC' | 'ACCPAY' | string;
	readonly dateMs: number;
	readonly lines: readonly InvoiceLine[];
	readonly lineAmountTypes: LineAmountTypes;
	readonly totals: { readonly total: Cents };
	readonly roundingAmount?: Cents | undefined;
	readonly fields: Readonly<Record<string, unknown>>;
}

/** Sales and their credit notes stand against Accounts Receivable, bills against Accounts Payable. */
function ofDocument(chart: Chart, document: Document): Posting {
	const isSale = document.type.startsWith('ACCREC');
	const isCredit = document.type.endsWith('CREDIT');
	const sign = isSale === isCredit ? 1 : -1;
	const control = isSale ? 'DEBTORS' : 'CREDITORS';
	return {
		...headOf(document),
		sourceType: document.type,
		lines: [
			plain(chart.system(control), -sign * document.totals.total),
			...linesOf(chart, document, sign),
			...(document.roundingAmount
				? [plain(chart.system('ROUNDING'), sign * document.roundingAmount)]
				: []),
		],
	};
}

/** Each line net of tax, and the tax of all of them together. */
function linesOf(
	chart: Chart,
	{ lines, lineAmountTypes }: Pick<Document, 'lines' | 'lineAmountTypes'>,
	sign: 1 | -1,
): PostingLine[] {
	const posted = lines.map((line): PostingLine => {
		const net =
			lineAmountTypes === 'Inclusive' ? line.lineAmount - line.taxAmount : line.lineAmount;
		return {
			accountId: chart.byCode(line.accountCode),
			description: line.description ?? '',
			netAmount: sign * net,
			taxAmount: sign * line.taxAmount,
			taxType: line.taxType,
			tracking: line.tracking,
		};
	});
	const tax = posted.reduce((sum, { taxAmount }) => sum + taxAmount, 0);
	return tax === 0 ? posted : [...posted, plain(chart.system('GST'), tax)];
}

function ofPayment(books: Books, chart: Chart, payment: Payment): Posting[] {
	const type = typeOfPayment(books, payment);
	if (payment.status !== 'AUTHORISED' || payment.accountId === undefined || type === undefined) {
		return [];
	}
	return [
		{
			updatedMs: payment.updatedMs,
			dateMs: payment.dateMs,
			reference: payment.reference,
			sourceId: payment.id,
			sourceType: type.sourceType,
			lines: [
				plain(payment.accountId, type.comesIn ? payment.amount : -payment.amount),
				plain(chart.system(type.control), type.comesIn ? -payment.amount : payment.amount),
			],
		},
	];
}

function typeOfPayment(books: Books, { documentKind, documentId }: Payment) {
	if (documentKind === 'Invoice') {
		const isSale = books.invoices.get(documentId)?.type === 'ACCREC';
		return {
			sourceType: isSale ? 'ACCRECPAYMENT' : 'ACCPAYPAYMENT',
			control: isSale ? 'DEBTORS' : 'CREDITORS',
			comesIn: isSale,
		};
	}
	if (documentKind !== 'CreditNote') return undefined;
	const isSale = books.creditNotes.get(documentId)?.type === 'ACCRECCREDIT';
	return {
		sourceType: isSale ? 'ARCREDITPAYMENT' : 'APCREDITPAYMENT',
		control: isSale ? 'DEBTORS' : 'CREDITORS',
		comesIn: !isSale,
	};
}

/** The halves of a transfer are posted by the transfer. */
function ofBankTransaction(chart: Chart, transaction: BankTransaction): Posting[] {
	const { type, status, bankAccountId, totals } = transaction;
	if (status !== 'AUTHORISED' || type.endsWith('-TRANSFER')) return [];
	const comesIn = type.startsWith('RECEIVE');
	return [
		{
			...headOf(transaction),
			sourceType: sourceTypeOf(type),
			lines: [
				plain(bankAccountId, comesIn ? totals.total : -totals.total),
				...linesOf(chart, transaction, comesIn ? -1 : 1),
			],
		},
	];
}

function sourceTypeOf(type: BankTransaction['type']): string {
	const comesIn = type.startsWith('RECEIVE');
	if (type.endsWith('-PREPAYMENT')) return comesIn ? 'ARPREPAYMENT' : 'APPREPAYMENT';
	if (type.endsWith('-OVERPAYMENT')) return comesIn ? 'AROVERPAYMENT' : 'APOVERPAYMENT';
	return comesIn ? 'CASHREC' : 'CASHPAID';
}

function ofBankTransfer({
	id,
	status,
	updatedMs,
	dateMs,
	reference,
	from,
	to,
	amount,
}: BankTransfer) {
	if (status !== 'AUTHORISED') return [];
	return [
		{
			updatedMs,
			dateMs,
			reference,
			sourceId: id,
			sourceType: 'TRANSFER',
			lines: [plain(from.accountId, -amount), plain(to.accountId, amount)],
		},
	];
}

function ofManualJournal(chart: Chart, journal: ManualJournal): Posting[] {
	if (journal.status !== 'POSTED') return [];
	const lines = journal.lines.map(
		({ lineAmount, taxAmount, taxType, accountCode, description, tracking }): PostingLine => ({
			accountId: chart.byCode(accountCode),
			description: description ?? '',
			netAmount: journal.lineAmountTypes === 'Inclusive' ? lineAmount - taxAmount : lineAmount,
			taxAmount,
			taxType,
			tracking,
		}),
	);
	const tax = lines.reduce((sum, { taxAmount }) => sum + taxAmount, 0);
	return [
		{
			updatedMs: journal.updatedMs,
			dateMs: journal.dateMs,
			reference: journal.narration,
			sourceId: journal.id,
			sourceType: 'MANJOURNAL',
			lines: tax === 0 ? lines : [...lines, plain(chart.system('GST'), tax)],
		},
	];
}

function headOf({ id, updatedMs, dateMs, fields }: Omit<Document, 'type' | 'lines'>) {
	const reference = fields['Reference'];
	return {
		updatedMs,
		dateMs,
		reference: typeof reference === 'string' ? reference : undefined,
		sourceId: id,
	};
}

function plain(accountId: string, netAmount: Cents): PostingLine {
	return { accountId, description: '', netAmount, taxAmount: 0, taxType: undefined, tracking: [] };
}
