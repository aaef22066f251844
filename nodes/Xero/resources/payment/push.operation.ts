import {
	otherPaymentAccountField,
	otherPaymentAmountField,
	paymentDateField,
} from '../../fields/everyPayment';
import { externalRecordField } from '../../fields/externalRecord';
import { pushOperation } from '../../operations/pushOperation';
import { paymentFields } from './paymentFields';

export const { description, hub, execute } = pushOperation({
	entity: 'payment',
	fields: [
		otherPaymentAccountField,
		otherPaymentAmountField,
		paymentDateField,
		externalRecordField('CreditNote', 'Credit Note', 'The credit note that it refunds'),
		externalRecordField('Invoice', 'Invoice', 'The invoice or bill that it pays'),
		...paymentFields,
	],
});
