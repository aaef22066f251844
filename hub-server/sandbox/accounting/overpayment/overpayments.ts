import type { ApiResource } from '../../resource/ApiResource';
import { allocationRoutes } from '../credit/allocationRoutes';
import { listCredits, listParameter, oneCredit } from '../credit/readCredits';

/** Made by bank transactions of the types RECEIVE- and SPEND-OVERPAYMENT. */
export const overpayments: ApiResource = {
	name: 'Overpayments',
	scopes: ['accounting.payments'],
	routes: [
		{
			method: 'GET',
			path: '/Overpayments',
			handle(call) {
				const references = listParameter(call, 'References');
				return listCredits(
					call,
					'Overpayment',
					({ fields }) =>
						references?.has(String(fields['Reference'] ?? '').toLowerCase()) !== false,
				);
			},
		},
		{ method: 'GET', path: '/Overpayments/:id', handle: (call) => oneCredit(call, 'Overpayment') },
		...allocationRoutes('Overpayment'),
	],
};
