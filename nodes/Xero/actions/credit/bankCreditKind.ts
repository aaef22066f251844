import type { RecordKind } from '../common/RecordKind';
import { recordLocator } from '../fields/recordLocator';
import { simplifyCredit } from './simplifyCredit';

/** Prepayments and overpayments: made by bank transactions, allocated here, refunded by payments. */
export function bankCreditKind(name: 'Prepayment' | 'Overpayment'): RecordKind {
	const label = name.toLowerCase();
	return {
		resource: label,
		collection: {
			name: `${name}s`,
			path: `api.xro/2.0/${name}s`,
			idField: `${name}ID`,
			label,
			scope: 'accounting.payments',
			query: { unitdp: '4' },
		},
		locator: (description) =>
			recordLocator({
				displayName: name,
				name: label,
				description,
				searchListMethod: `search${name}s`,
				noun: name === 'Overpayment' ? 'an overpayment' : 'a prepayment',
				exampleUrl:
					'https://go.xero.com/Bank/ViewTransaction.aspx?bankTransactionID=ed7f6041-c915-4667-bd1d-54c48e92161e',
				required: true,
			}),
		simplify: simplifyCredit(`${name}ID`),
	};
}
