import type { Account } from 'xero-node/dist/gen/model/accounting/account';
import type { BankTransaction } from 'xero-node/dist/gen/model/accounting/bankTransaction';
import type { Contact } from 'xero-node/dist/gen/model/accounting/contact';
import type { Invoice } from 'xero-node/dist/gen/model/accounting/invoice';
import type { Pagination } from 'xero-node/dist/gen/model/accounting/pagination';
import type { Payment } from 'xero-node/dist/gen/model/accounting/payment';

/**
 * A record as Xero's JSON has it: the members that Xero's SDK knows, in Xero's spelling. The SDK is read
 * for its types only; its code, 36 MB in memory, is never loaded.
 */
export type Sent<Model> = Model extends readonly (infer Item)[]
	? readonly Sent<Item>[]
	: Model extends object
		? { readonly [Name in keyof Model as Capitalize<string & Name>]?: Sent<Model[Name]> | null }
		: Model;

/** The JSON of a list: the member that was asked for, and how far it goes. */
export interface ListAnswer {
	readonly Invoices?: readonly Sent<Invoice>[];
	readonly Contacts?: readonly Sent<Contact>[];
	readonly Payments?: readonly Sent<Payment>[];
	readonly BankTransactions?: readonly Sent<BankTransaction>[];
	readonly Accounts?: readonly Sent<Account>[];
	/** In small letters, other than everything else. */
	readonly pagination?: Readonly<Pick<Pagination, 'itemCount' | 'pageCount'>>;
}
