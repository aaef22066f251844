import type { Account, Books } from '../../world/Books';
import { isObject } from '../../writing/readElements';

/** The bank account that a reference names by `AccountID` or `Code`; undefined where it names none. */
export function bankAccountOf(books: Books, reference: unknown): Account | undefined {
	if (!isObject(reference)) return undefined;
	const { AccountID: id, Code: code } = reference;
	const account =
		typeof id === 'string' && id !== ''
			? books.accounts.get(id.toLowerCase())
			: typeof code === 'string'
				? books.accounts.find('code', code.toLowerCase())
				: undefined;
	return account?.type === 'BANK' && account.status === 'ACTIVE' ? account : undefined;
}

/** A bank account as it stands inside a transaction or transfer. */
export function presentBankAccount(books: Books, accountId: string) {
	const account = books.accounts.get(accountId);
	if (account === undefined) return { AccountID: accountId };
	return {
		AccountID: account.id,
		...(account.code !== undefined && { Code: account.code }),
		Name: account.name,
	};
}
