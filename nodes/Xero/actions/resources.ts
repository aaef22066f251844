import type { INodePropertyOptions } from 'n8n-workflow';

import * as contact from './contact/Contact.resource';
import * as invoice from './invoice/Invoice.resource';
import type { ResourceModule } from './shared/OperationModule';

/** By the value of the `resource` parameter. */
export const resources: Readonly<Record<string, ResourceModule>> = {
	contact,
	invoice,
};

/** The choices of the `resource` parameter, by name. */
export const resourceOptions: INodePropertyOptions[] = [
	{ name: 'Contact', value: 'contact' },
	{ name: 'Invoice', value: 'invoice' },
];
