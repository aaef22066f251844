import { contactLocator } from '../../fields/contactLocator';
import { paymentAccountField } from '../../fields/everyPayment';
import type { FilterField } from '../../filters/Filter';
import { asPicked } from '../../filters/filterEffects';
import {
	amountRangeFilters,
	choiceFilter,
	commonFilters,
	dayRangeFilters,
	statusesFilter,
	textFilter,
	whereFilter,
} from '../../filters/filters';
import { invoiceKind } from '../../kinds/invoiceKind';
import { paymentKind } from '../../kinds/paymentKind';
import { listOperation } from '../../operations/listOperation';

const optional = { required: false };

/** Lists every payment, deleted ones included; a refund names its credit under `Invoice`. */
const ofDocument: FilterField = {
	property: {
		...invoiceKind.locator.field('Only payments of this invoice or bill'),
		...optional,
	},
	apply: asPicked((id) => ({ condition: `Invoice.InvoiceID==Guid("${id}")` }), 'Invoice'),
};

export const { description, request, execute } = listOperation(paymentKind, {
	filters: [
		{
			property: {
				...paymentAccountField.property,
				...optional,
				description: 'Only payments out of or into this account',
				modes: paymentAccountField.property.modes?.filter(({ name }) => name !== 'code'),
			},
			apply: asPicked((id) => ({ condition: `Account.AccountID==Guid("${id}")` }), 'Account'),
		},
		...amountRangeFilters('Amount', 'amount', 'Amount'),
		{
			property: contactLocator.field('Only payments by or to this contact'),
			apply: asPicked(
				(id) => ({ condition: `Invoice.Contact.ContactID==Guid("${id}")` }),
				'Contact',
			),
		},
		...dayRangeFilters('Date', 'date', 'Date'),
		ofDocument,
		choiceFilter('Payment Type', 'paymentType', 'PaymentType', [
			{ name: 'Bill', value: 'ACCPAYPAYMENT' },
			{ name: 'Purchase Credit Note Refund', value: 'APCREDITPAYMENT' },
			{ name: 'Purchase Overpayment Refund', value: 'APOVERPAYMENTPAYMENT' },
			{ name: 'Purchase Prepayment Refund', value: 'APPREPAYMENTPAYMENT' },
			{ name: 'Sales Credit Note Refund', value: 'ARCREDITPAYMENT' },
			{ name: 'Sales Invoice', value: 'ACCRECPAYMENT' },
			{ name: 'Sales Overpayment Refund', value: 'AROVERPAYMENTPAYMENT' },
			{ name: 'Sales Prepayment Refund', value: 'ARPREPAYMENTPAYMENT' },
		]),
		textFilter('Reference', 'reference', 'Reference'),
		{
			property: {
				displayName: 'Reconciled',
				name: 'isReconciled',
				type: 'boolean',
				default: true,
				description: 'Whether to list reconciled payments, or those that are not',
			},
			apply: (value) => ({
				ok: true,
				value: { condition: `IsReconciled==${String(value === true)}` },
			}),
		},
		statusesFilter([
			{ name: 'Authorised', value: 'AUTHORISED' },
			{ name: 'Deleted', value: 'DELETED' },
		]),
		commonFilters.updatedSince,
		whereFilter('Amount>1000'),
	],
	sortFields: [
		{ name: 'Amount', value: 'Amount' },
		{ name: 'Date', value: 'Date' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
