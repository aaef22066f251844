import {
	brandingThemeField,
	contactField,
	currencyField,
	currencyRateField,
	dateField,
	dayField,
	lineAmountTypesField,
	otherFieldsField,
	sentToContactField,
	textDocumentField,
} from '../../fields/documentFields';
import type { Field } from '../../fields/Field';

export const orderContactField: Field = contactField(
	'The supplier. Unlike an invoice, an order makes no contact: it must be there.',
);

/** Everything else of a purchase order that can be written, lines and status aside. */
export const purchaseOrderFields: readonly Field[] = [
	lineAmountTypesField(),
	textDocumentField('Attention To', 'attentionTo', 'AttentionTo', 'The person who takes delivery'),
	brandingThemeField,
	currencyField,
	currencyRateField,
	dateField,
	textDocumentField('Delivery Address', 'deliveryAddress', 'DeliveryAddress', 'Where to deliver'),
	dayField('Delivery Date', 'deliveryDate', 'DeliveryDate', 'Day by which to deliver, as written'),
	textDocumentField(
		'Delivery Instructions',
		'deliveryInstructions',
		'DeliveryInstructions',
		'Free text, up to 500 characters',
	),
	dayField(
		'Expected Arrival Date',
		'expectedArrivalDate',
		'ExpectedArrivalDate',
		'Day on which the goods are expected, as written',
	),
	otherFieldsField,
	textDocumentField(
		'Purchase Order Number',
		'purchaseOrderNumber',
		'PurchaseOrderNumber',
		'Unique, and given by Xero if left empty',
	),
	textDocumentField('Reference', 'reference', 'Reference', 'Additional reference'),
	sentToContactField,
	textDocumentField('Telephone', 'telephone', 'Telephone', 'Of the person who takes delivery'),
];
