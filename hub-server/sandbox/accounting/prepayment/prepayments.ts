import type { ApiResource } from '../../resource/ApiResource';
import { allocationRoutes } from '../credit/allocationRoutes';
import { listCredits, listParameter, oneCredit } from '../credit/readCredits';

/** Made by bank transactions of the types RECEIVE- and SPEND-PREPAYMENT. */
export const prepayments: ApiResource = {
	name: 'Prepayments',
	scopes: ['accounting.payments'],
	routes: [
		{
			method: 'GET',
			path: '/Prepayments',
			handle(call) {
				const numbers = listParameter(call, 'InvoiceNumbers');
				return listCredits(
					call,
					'Prepayment',
					({ number }) => numbers?.has(number.toLowerCase()) !== false,
				);
			},
		},
		{ method: 'GET', path: '/Prepayments/:id', handle: (call) => oneCredit(call, 'Prepayment') },
		...allocationRoutes('Prepayment'),
	],
};
