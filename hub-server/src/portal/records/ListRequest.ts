/** One page of a list of the Accounting API. What is left out is not asked for. */
export interface ListRequest {
	readonly collection: 'Invoices' | 'Contacts' | 'Payments' | 'BankTransactions' | 'Accounts';
	/** In Xero's where language. */
	readonly where?: string | undefined;
	/** Such as `Date DESC`. */
	readonly order?: string;
	/** Xero looks for it in what people search by; where it offers that. */
	readonly searchTerm?: string | undefined;
	/** 1 for the first. */
	readonly page?: number;
	readonly pageSize?: number;
}

/** With a leading slash, and the query. */
export function listPath({ collection, ...query }: ListRequest): string {
	const pairs = Object.entries(query)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
	return `/api.xro/2.0/${collection}?${pairs.join('&')}`;
}
