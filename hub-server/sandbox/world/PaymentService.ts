import type { TableRow } from './Table';

/** What customers can pay an online invoice with. */
export interface PaymentService extends TableRow {
	readonly name: string;
	readonly type: string;
	/** Only services of type Custom have these two. */
	readonly url: string | undefined;
	readonly payNowText: string | undefined;
	readonly brandingThemeIds: readonly string[];
}
