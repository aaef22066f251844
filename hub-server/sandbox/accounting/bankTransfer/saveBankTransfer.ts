import type { ApiCall } from '../../resource/ApiResource';
import type { BankTransaction, BankTransfer, TransferSide } from '../../world/BankTransaction';
import type { Account, LineTracking, Totals } from '../../world/Books';
import { parseDecimal, type Cents } from '../../world/decimal';
import { randomGuid } from '../../world/random';
import { isObject, type Element } from '../../writing/readElements';
import { bankAccountOf } from '../bankTransaction/bankAccountOf';
import { checkLocks } from '../document/checkLocks';
import { readDate, todayOf } from '../document/readDate';

export type SavedBankTransfer =
	| { readonly ok: true; readonly transfer: BankTransfer }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Moves money from one bank account to another; each side shows up as a bank transaction. */
export function saveBankTransfer(call: ApiCall, element: Element): SavedBankTransfer {
	const { books } = call;
	const messages: string[] = [];
	const from = bankAccountOf(books, element['FromBankAccount']);
	const to = bankAccountOf(books, element['ToBankAccount']);
	if (from === undefined) messages.push('A valid FromBankAccount must be specified');
	if (to === undefined) messages.push('A valid ToBankAccount must be specified');
	if (from !== undefined && from.id === to?.id) {
		messages.push('The FromBankAccount and ToBankAccount must be different');
	}
	const amount = parseDecimal(element['Amount'], 2);
	if (amount === undefined || amount <= 0) messages.push('The Amount must be more than zero');
	const dateMs = readDate(element, 'Date', undefined, messages) ?? todayOf(call.nowMs);
	checkLocks(call, undefined, { dateMs }, messages);
	const fromTracking = trackingOf(call, element['FromTracking'], messages);
	const toTracking = trackingOf(call, element['ToTracking'], messages);
	if (messages.length > 0 || from === undefined || to === undefined || amount === undefined) {
		return { ok: false, messages: [...new Set(messages)] };
	}

	const half = (account: Account, type: BankTransaction['type'], flag: string) =>
		putHalf(call, { account, type, amount, dateMs, isReconciled: element[flag] === true });
	const transfer: BankTransfer = {
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		createdMs: call.nowMs,
		from: {
			accountId: from.id,
			bankTransactionId: half(from, 'SPEND-TRANSFER', 'FromIsReconciled'),
			tracking: fromTracking,
		},
		to: {
			accountId: to.id,
			bankTransactionId: half(to, 'RECEIVE-TRANSFER', 'ToIsReconciled'),
			tracking: toTracking,
		},
		amount,
		dateMs,
		reference: typeof element['Reference'] === 'string' ? element['Reference'] : undefined,
		status: 'AUTHORISED',
	};
	call.transaction.put(books.bankTransfers, transfer);
	return { ok: true, transfer };
}

/** Takes a transfer back, and both of its halves with it. */
export function deleteBankTransfer(call: ApiCall, transfer: BankTransfer): SavedBankTransfer {
	const { books } = call;
	const halves = [transfer.from, transfer.to].flatMap((side) => halfOf(call, side));
	if (transfer.status === 'DELETED') {
		return { ok: false, messages: ['The bank transfer has already been deleted'] };
	}
	if (halves.some(({ isReconciled }) => isReconciled)) {
		return {
			ok: false,
			messages: ['The bank transfer cannot be deleted as it has been reconciled'],
		};
	}
	const messages: string[] = [];
	checkLocks(call, transfer, undefined, messages);
	if (messages.length > 0) return { ok: false, messages };
	for (const side of halves) {
		call.transaction.put(books.bankTransactions, {
			...side,
			status: 'DELETED',
			updatedMs: call.nowMs,
		});
	}
	const deleted: BankTransfer = { ...transfer, status: 'DELETED', updatedMs: call.nowMs };
	call.transaction.put(books.bankTransfers, deleted);
	return { ok: true, transfer: deleted };
}

export function halfOf({ books }: ApiCall, side: TransferSide): BankTransaction[] {
	const found = books.bankTransactions.get(side.bankTransactionId);
	return found === undefined ? [] : [found];
}

function putHalf(
	call: ApiCall,
	half: {
		readonly account: Account;
		readonly type: BankTransaction['type'];
		readonly amount: Cents;
		readonly dateMs: number;
		readonly isReconciled: boolean;
	},
): string {
	const totals: Totals = {
		subTotal: half.amount,
		totalTax: 0,
		total: half.amount,
		totalDiscount: 0,
	};
	const transaction: BankTransaction = {
		id: randomGuid(call.context.random),
		updatedMs: call.nowMs,
		type: half.type,
		contactId: undefined,
		bankAccountId: half.account.id,
		status: 'AUTHORISED',
		dateMs: half.dateMs,
		lineAmountTypes: 'NoTax',
		lines: [],
		totals,
		currencyCode: call.organisation.baseCurrency,
		currencyRate: 1_000_000,
		isReconciled: half.isReconciled,
		creditId: undefined,
		fields: {},
	};
	call.transaction.put(call.books.bankTransactions, transaction);
	return transaction.id;
}

function trackingOf(call: ApiCall, sent: unknown, messages: string[]): LineTracking[] {
	if (!Array.isArray(sent)) return [];
	return sent.filter(isObject).flatMap((entry) => {
		const categoryId = String(entry['TrackingCategoryID'] ?? '').toLowerCase();
		const optionId = String(entry['TrackingOptionID'] ?? '').toLowerCase();
		const category = call.books.trackingCategories.get(categoryId);
		if (category?.options.some(({ id }) => id === optionId)) return [{ categoryId, optionId }];
		messages.push('The tracking category or option of a bank transfer does not exist');
		return [];
	});
}
