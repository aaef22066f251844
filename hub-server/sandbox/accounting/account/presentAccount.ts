import { msDateTime } from '../../resource/xeroDate';
import type { Account, Books } from '../../world/Books';
import type { Element } from '../../writing/readElements';

export function presentAccount(books: Books, account: Account): Element {
	return {
		AccountID: account.id,
		...(account.code !== undefined && { Code: account.code }),
		Name: account.name,
		Status: account.status,
		Type: account.type,
		TaxType: account.taxType,
		Class: account.class,
		...(account.systemAccount !== undefined && { SystemAccount: account.systemAccount }),
		EnablePaymentsToAccount: false,
		ShowInExpenseClaims: false,
		AddToWatchlist: false,
		...account.fields,
		HasAttachments: books.files.get(account.id) !== undefined,
		UpdatedDateUTC: msDateTime(account.updatedMs),
	};
}
