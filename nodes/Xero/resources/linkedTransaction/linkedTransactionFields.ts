import type { INodeProperties } from 'n8n-workflow';

import { contactLocator } from '../../fields/contactLocator';
import type { Field } from '../../fields/Field';
import { recordLocator } from '../../fields/recordLocator';
import { asId, required } from '../../fields/writers';

/** Xero's page: a bill, or a bank transaction that spends. The list has invoices and bills. */
export const sourceLocator = recordLocator({
	displayName: 'Source Transaction',
	name: 'sourceTransaction',
	searchListMethod: 'searchInvoices',
	noun: 'a bill',
	exampleUrl: 'https://go.xero.com/app/bills/view/243216c5-369e-4056-ac67-05388f86dc81',
});

/** Only sales invoices can be a target (Xero's page). */
export const targetLocator = recordLocator({
	displayName: 'Target Transaction',
	name: 'targetTransaction',
	searchListMethod: 'searchInvoices',
	noun: 'a sales invoice',
	exampleUrl: 'https://go.xero.com/app/invoicing/view/243216c5-369e-4056-ac67-05388f86dc81',
});

function lineField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. 77e0b23b-5b79-4f4b-ae20-c9031d41442f',
		description,
	};
}

const source: INodeProperties = sourceLocator.field(
	'The bill that the expense is on; of a spend money transaction, its ID',
);
const sourceLine = lineField(
	'Source Line Item ID',
	'sourceLineItemId',
	'Its line: the LineItemID, as the document has it when it is read',
);

export const requiredSourceFields: readonly Field[] = [
	{ property: { ...source, required: true }, write: required(asId('SourceTransactionID')) },
	{ property: { ...sourceLine, required: true }, write: required(asId('SourceLineItemID')) },
];

/** Whom the expense goes to. */
export const targetFields: readonly Field[] = [
	{
		property: contactLocator.field('The customer who is to pay the expense'),
		write: asId('ContactID'),
	},
	{
		property: lineField(
			'Target Line Item ID',
			'targetLineItemId',
			'The line of the sales invoice, where it is on one; several expenses may share a line',
		),
		write: asId('TargetLineItemID'),
	},
	{
		property: targetLocator.field('The sales invoice that the expense is billed on'),
		write: asId('TargetTransactionID'),
	},
];

export const linkedTransactionFields: readonly Field[] = [
	...targetFields,
	{ property: source, write: asId('SourceTransactionID') },
	{ property: sourceLine, write: asId('SourceLineItemID') },
];
