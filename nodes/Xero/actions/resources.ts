import type { INodePropertyOptions } from 'n8n-workflow';

import * as apiRequest from './apiRequest/ApiRequest.resource';
import * as attachment from './attachment/Attachment.resource';
import * as contact from './contact/Contact.resource';
import * as contactGroup from './contactGroup/ContactGroup.resource';
import * as invoice from './invoice/Invoice.resource';
import * as purchaseOrder from './purchaseOrder/PurchaseOrder.resource';
import * as quote from './quote/Quote.resource';
import type { ResourceModule } from './shared/OperationModule';

/** By the value of the `resource` parameter. */
export const resources: Readonly<Record<string, ResourceModule>> = {
	apiRequest,
	attachment,
	contact,
	contactGroup,
	invoice,
	purchaseOrder,
	quote,
};

/** The choices of the `resource` parameter, by name. */
export const resourceOptions: INodePropertyOptions[] = [
	{ name: 'API Request', value: 'apiRequest' },
	{ name: 'Attachment', value: 'attachment' },
	{ name: 'Contact', value: 'contact' },
	{ name: 'Contact Group', value: 'contactGroup' },
	{ name: 'Invoice', value: 'invoice' },
	{ name: 'Purchase Order', value: 'purchaseOrder' },
	{ name: 'Quote', value: 'quote' },
];
