import type { Account, Books } from '../../world/Books';

/**
 * The account that a line names, if a line of its document may.
 *
 * @param systemAccount the one system account that may be named
 */
export function lineAccount(
	books: Books,
	code: string | undefined,
	{ systemAccount }: { readonly systemAccount?: string | undefined },
	messages: string[],
): Account | undefined {
	if (code === undefined) return undefined;
	const account = books.accounts.find('code', code.toLowerCase());
	const isSystem = account?.systemAccount !== undefined && account.systemAccount !== systemAccount;
	if (account === undefined || isSystem || account.type === 'BANK') {
		messages.push(`Account code '${code}' is not a valid code for this document.`);
		return undefined;
	}
	if (account.status === 'ARCHIVED') {
		messages.push(
			`Account code '${code}' has been archived, or has been deleted. Each line item must reference a valid account.`,
		);
	}
	return account;
}

/**
 * Which tax goes with which account is Xero's to say; a line without account may have any. An unknown
 * one is told twice (Xero-Java#336).
 */
export function checkTaxType(
	books: Books,
	taxType: string | undefined,
	account: Account | undefined,
	messages: string[],
): void {
	if (account === undefined || taxType === undefined) return;
	const rate = books.taxRates.get(taxType);
	if (rate === undefined || rate.status !== 'ACTIVE' || !rate.appliesTo.includes(account.class)) {
		messages.push(
			`The TaxType code '${taxType}' cannot be used with account code '${account.code ?? ''}'.`,
		);
	}
	if (rate === undefined) {
		messages.push(
			`The TaxType code ${taxType} does not exist or cannot be used for this type of transaction.`,
		);
	}
}
