import type { ApiCall } from '../../resource/ApiResource';
import type { Account } from '../../world/Books';
import { isObject } from '../../writing/readElements';
import { isText } from './isText';

/**
 * The account that a payment names by AccountID or Code: a bank account, or one that payments are
 * enabled for.
 */
export function paymentAccount(
	call: ApiCall,
	named: unknown,
	messages: string[],
): Account | undefined {
	const { AccountID: id, Code: code } = isObject(named) ? named : {};
	const { accounts } = call.books;
	if (!isText(id) && !isText(code)) {
		messages.push('You must specify an Account code or Account ID for the payment');
		return undefined;
	}
	const account = isText(id)
		? accounts.get(id.toLowerCase())
		: accounts.find('code', String(code).trim().toLowerCase());
	if (account === undefined) {
		messages.push('Account could not be found');
		return undefined;
	}
	const isPayable = account.type === 'BANK' || account.fields['EnablePaymentsToAccount'] === true;
	if (!isPayable) {
		messages.push(`Account code '${account.code ?? ''}' is not a valid code for this document.`);
	} else if (account.status !== 'ACTIVE') {
		messages.push('Account must be valid');
	}
	return account;
}
