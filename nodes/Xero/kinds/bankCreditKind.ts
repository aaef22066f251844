import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';
import { simplifyCredit } from './simplifyCredit';

/** Prepayments and overpayments: made by bank transactions, allocated here, refunded by payments. */
export function bankCreditKind(name: 'Prepayment' | 'Overpayment'): RecordKind {
	const label = name.toLowerCase();
	return {
		collection: {
			name: `${name}s`,
			path: `api.xro/2.0/${name}s`,
			idField: `${name}ID`,
			label,
			scope: 'accounting.payments',
			query: { unitdp: '4' },
			changes: { note: 'Voided ones come too: see Status.' },
		},
		// Xero shows it on the page of its bank transaction, whose address has another id.
		locator: recordLocator({
			displayName: name,
			name: label,
			searchListMethod: `search${name}s`,
			noun: name === 'Overpayment' ? 'an overpayment' : 'a prepayment',
			required: true,
		}),
		simplify: simplifyCredit(`${name}ID`),
	};
}
