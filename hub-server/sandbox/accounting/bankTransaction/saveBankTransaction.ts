import type { ApiCall } from '../../resource/ApiResource';
import type { BankTransaction, BankTransactionType } from '../../world/BankTransaction';
import { randomGuid } from '../../world/random';
import type { Element } from '../../writing/readElements';
import { totalsOf } from '../amounts/lineMath';
import { creditInUse, makesCredit, withCredit } from '../credit/bankCredit';
import { checkLocks } from '../document/checkLocks';
import { checkTotals } from '../document/checkTotals';
import { readDocumentLines } from '../document/readDocumentLines';
import { readHead } from '../document/readHead';
import { readStoredFields } from '../document/readStoredFields';
import { bankAccountOf } from './bankAccountOf';

export type SavedBankTransaction =
	| { readonly ok: true; readonly transaction: BankTransaction }
	| { readonly ok: false; readonly messages: readonly string[] };

export const RECONCILED =
	'This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.';

/** Creates money spent or received, or changes the known transaction that `before` is. */
export function saveBankTransaction(
	call: ApiCall,
	element: Element,
	before: BankTransaction | undefined,
): SavedBankTransaction {
	const barrier = barrierOf(element, before) ?? (before && creditInUse(call, before));
	if (barrier !== undefined) return { ok: false, messages: [barrier] };
	const type = (element['Type'] ?? before?.type) as BankTransactionType;

	const messages: string[] = [];
	if (before !== undefined && element['Status'] === 'DELETED') {
		checkLocks(call, before, undefined, messages);
		if (messages.length > 0) return { ok: false, messages };
		return keep(call, { ...before, status: 'DELETED', updatedMs: call.nowMs });
	}
	const account =
		element['BankAccount'] === undefined && before !== undefined
			? call.books.accounts.get(before.bankAccountId)
			: bankAccountOf(call.books, element['BankAccount']);
	if (account === undefined) messages.push('A valid bank account must be specified');
	const head = readHead(call, element, headOf(before), messages);
	checkLocks(call, before, head, messages);
	const lines = readDocumentLines(
		call,
		element,
		before,
		{
			types: head.lineAmountTypes,
			isSale: type.startsWith('RECEIVE'),
			discounts: 'none',
			systemAccount: type.endsWith('-OVERPAYMENT') ? ledgerOf(type) : undefined,
			complete: true,
			checksTax: true,
		},
		messages,
	);
	if (lines.length === 0) messages.push('One or more line items must be specified');
	const totals = totalsOf(lines, head.lineAmountTypes);
	checkTotals(element, totals, messages);
	if (lines.length > 0 && totals.total <= 0 && messages.length === 0) {
		messages.push('The total of a bank transaction must be more than zero');
	}
	if (messages.length > 0 || account === undefined) {
		return { ok: false, messages: [...new Set(messages)] };
	}

	return keep(call, {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		type,
		...head,
		bankAccountId: account.id,
		status: 'AUTHORISED',
		lines,
		totals,
		isReconciled:
			typeof element['IsReconciled'] === 'boolean'
				? element['IsReconciled']
				: (before?.isReconciled ?? false),
		creditId: before?.creditId,
		fields: readStoredFields(
			element,
			before !== undefined && call.context.faults().keepsFirstUrl
				? ['Reference']
				: ['Reference', 'Url'],
			before?.fields,
		),
	});
}

/** Why the transaction cannot be had at all, whatever else it holds. */
function barrierOf(element: Element, before: BankTransaction | undefined): string | undefined {
	const type = element['Type'] ?? before?.type;
	if (type === 'RECEIVE-TRANSFER' || type === 'SPEND-TRANSFER') {
		return 'Transfers between bank accounts cannot be changed as bank transactions; use BankTransfers';
	}
	if (type !== 'RECEIVE' && type !== 'SPEND' && !makesCredit(String(type)))
		return `Bank transaction type '${String(type)}' is not valid`;
	if (before !== undefined && type !== before.type)
		return 'Bank transaction type cannot be changed';
	if (before?.status === 'DELETED') return 'Bank transaction not of valid status for modification';
	if (before?.isReconciled === true) return RECONCILED;

	const status = element['Status'] ?? 'AUTHORISED';
	const statuses = before === undefined ? ['AUTHORISED'] : ['AUTHORISED', 'DELETED'];
	return statuses.includes(String(status))
		? undefined
		: `Bank transaction status '${String(status)}' is not valid`;
}

/** An overpayment stands on accounts receivable or payable, which no other line may name. */
function ledgerOf(type: BankTransactionType): string {
	return type.startsWith('RECEIVE') ? 'DEBTORS' : 'CREDITORS';
}

/** Every transaction that can be changed has a contact. */
function headOf(before: BankTransaction | undefined) {
	return before === undefined ? undefined : { ...before, contactId: before.contactId ?? '' };
}

function keep(call: ApiCall, transaction: BankTransaction): SavedBankTransaction {
	const kept = withCredit(call, transaction);
	call.transaction.put(call.books.bankTransactions, kept);
	return { ok: true, transaction: kept };
}
