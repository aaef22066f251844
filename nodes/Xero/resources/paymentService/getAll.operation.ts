import { listOperation, type ListedKind } from '../../operations/listOperation';

/** A name, an address and what the button says: nothing to leave out. */
const paymentServiceKind: ListedKind = {
	collection: {
		name: 'PaymentServices',
		path: 'api.xro/2.0/PaymentServices',
		idField: 'PaymentServiceID',
		label: 'payment service',
		scope: 'paymentservices',
		query: {},
		paging: 'none',
	},
};

/** Xero's list takes neither filters nor an order. */
export const { description, request, execute } = listOperation(paymentServiceKind, { filters: [] });
