import type { ApiCall } from '../../resource/ApiResource';
import type { BankTransaction, BankTransactionType } from '../../world/BankTransaction';
import type { Credit } from '../../world/Credit';
import { randomGuid } from '../../world/random';
import { isUsed } from '../amounts/creditAmounts';
import { creditKinds } from '../settling/creditKinds';
import { keepCredit } from '../settling/keepCredit';

/** The types of bank transactions that make a prepayment or an overpayment. */
export type CreditTransactionType = BankTransactionType &
	`${string}-${'PREPAYMENT' | 'OVERPAYMENT'}`;

export function makesCredit(type: string): type is CreditTransactionType {
	return /^(RECEIVE|SPEND)-(PREPAYMENT|OVERPAYMENT)$/.test(type);
}

/** The credit that a bank transaction made. */
export function creditOf(call: ApiCall, transaction: BankTransaction): Credit | undefined {
	if (transaction.creditId === undefined) return undefined;
	return creditKinds[kindOf(transaction.type)].table(call.books).get(transaction.creditId);
}

/**
 * Makes the credit of a new bank transaction, brings it in line with a changed one, or voids it with a
 * deleted one. Bank transactions of other types have none.
 *
 * @returns the transaction, with the id of its credit
 */
export function withCredit(call: ApiCall, transaction: BankTransaction): BankTransaction {
	const { type, creditId, status } = transaction;
	if (!makesCredit(type)) return transaction;
	const before = creditOf(call, transaction);
	const credit = keepCredit(
		call,
		{
			id: creditId ?? randomGuid(call.context.random),
			updatedMs: call.nowMs,
			kind: kindOf(type),
			type,
			number: String(transaction.fields['Reference'] ?? ''),
			contactId: transaction.contactId ?? '',
			status: status === 'DELETED' ? 'VOIDED' : 'AUTHORISED',
			dateMs: transaction.dateMs,
			dueDateMs: undefined,
			lineAmountTypes: transaction.lineAmountTypes,
			lines: transaction.lines,
			totals: transaction.totals,
			currencyCode: transaction.currencyCode,
			currencyRate: transaction.currencyRate,
			sentToContact: false,
			fields: { Reference: transaction.fields['Reference'] ?? '' },
		},
		before === undefined ? 'CREATE' : 'UPDATE',
	);
	return { ...transaction, creditId: credit.id };
}

/** Why a bank transaction with a credit can be neither changed nor deleted. */
export function creditInUse(call: ApiCall, transaction: BankTransaction): string | undefined {
	const credit = creditOf(call, transaction);
	return credit !== undefined && isUsed(call.books, credit)
		? 'This document cannot be edited as it has a payment or credit note allocated to it.'
		: undefined;
}

function kindOf(type: BankTransactionType): 'Prepayment' | 'Overpayment' {
	return type.endsWith('PREPAYMENT') ? 'Prepayment' : 'Overpayment';
}
