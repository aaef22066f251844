import type { Books, InvoiceLine } from '../../world/Books';

export interface LinkedSource {
	readonly typeCode: 'ACCPAY' | 'SPEND';
	readonly status: string;
	readonly lines: readonly InvoiceLine[];
}

/** The purchase that a billable expense comes from: a bill, or money spent. */
export function linkedSource(
	{ invoices, bankTransactions }: Books,
	id: string,
): LinkedSource | undefined {
	const bill = invoices.get(id);
	if (bill?.type === 'ACCPAY') return { typeCode: 'ACCPAY', ...bill };
	const spent = bankTransactions.get(id);
	return spent?.type === 'SPEND' ? { typeCode: 'SPEND', ...spent } : undefined;
}
