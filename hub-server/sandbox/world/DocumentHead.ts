import type { LineAmountTypes } from './Books';

/** What every document with a contact and lines begins with. */
export interface DocumentHead {
	readonly contactId: string;
	/** Midnight UTC of the organisation's local day. */
	readonly dateMs: number;
	readonly lineAmountTypes: LineAmountTypes;
	readonly currencyCode: string;
	/** Millionths. */
	readonly currencyRate: number;
}
