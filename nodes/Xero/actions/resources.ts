import type { INodePropertyOptions } from 'n8n-workflow';

import * as apiRequest from './apiRequest/ApiRequest.resource';
import * as attachment from './attachment/Attachment.resource';
import * as batchPayment from './batchPayment/BatchPayment.resource';
import * as contact from './contact/Contact.resource';
import * as contactGroup from './contactGroup/ContactGroup.resource';
import * as creditNote from './creditNote/CreditNote.resource';
import * as invoice from './invoice/Invoice.resource';
import * as overpayment from './overpayment/Overpayment.resource';
import * as payment from './payment/Payment.resource';
import * as prepayment from './prepayment/Prepayment.resource';
import * as purchaseOrder from './purchaseOrder/PurchaseOrder.resource';
import * as quote from './quote/Quote.resource';
import * as repeatingInvoice from './repeatingInvoice/RepeatingInvoice.resource';
import type { ResourceModule } from './shared/OperationModule';

/** By the value of the `resource` parameter. */
export const resources: Readonly<Record<string, ResourceModule>> = {
	apiRequest,
	attachment,
	batchPayment,
	contact,
	contactGroup,
	creditNote,
	invoice,
	overpayment,
	payment,
	prepayment,
	purchaseOrder,
	quote,
	repeatingInvoice,
};

/** The choices of the `resource` parameter, by name. */
export const resourceOptions: INodePropertyOptions[] = [
	{ name: 'API Request', value: 'apiRequest' },
	{ name: 'Attachment', value: 'attachment' },
	{ name: 'Batch Payment', value: 'batchPayment' },
	{ name: 'Contact Group', value: 'contactGroup' },
	{ name: 'Contact', value: 'contact' },
	{ name: 'Credit Note', value: 'creditNote' },
	{ name: 'Invoice', value: 'invoice' },
	{ name: 'Overpayment', value: 'overpayment' },
	{ name: 'Payment', value: 'payment' },
	{ name: 'Prepayment', value: 'prepayment' },
	{ name: 'Purchase Order', value: 'purchaseOrder' },
	{ name: 'Quote', value: 'quote' },
	{ name: 'Repeating Invoice', value: 'repeatingInvoice' },
];
