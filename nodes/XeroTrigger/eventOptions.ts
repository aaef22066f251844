import type { INodePropertyOptions } from 'n8n-workflow';

import { ANY_EVENT, EVENT_TYPES, RAW_EVENT } from '../../hub-server/protocol';

/** The event types a user can pick, in the order of the protocol. */
export const eventOptions: INodePropertyOptions[] = [
	{
		name: 'Any Event',
		value: ANY_EVENT,
		description: 'Every event of the chosen organisations, whatever its type',
	},
	...EVENT_TYPES.map((type) => ({ name: nameOf(type), value: type, description: describe(type) })),
	{
		name: 'Raw Event',
		value: RAW_EVENT,
		description: "Every event with Xero's own event object in data",
	},
];

function nameOf(type: string): string {
	return type
		.split(/[._]/)
		.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join(' ');
}

function describe(type: string): string | undefined {
	if (type.startsWith('invoice.')) return 'Sales invoices';
	if (type.startsWith('bill.')) return 'Invoices of suppliers';
	if (type.startsWith('subscription.')) return 'Subscriptions of a Xero App Store app';
	return undefined;
}
