import type { INodePropertyOptions } from 'n8n-workflow';

import { ANY_EVENT, EVENT_TYPES, RAW_EVENT } from '../../hub-server/protocol';
import { DERIVED_TYPES } from '../../hub-server/protocol/xero';

/** The event types a user can pick: what a record becomes first, in the order of the protocol. */
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
	const words = type
		.split(/[._]/)
		.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join(' ');
	return derivedOf(type) ? `On ${words}` : words;
}

function describe(type: string): string | undefined {
	const derived = derivedOf(type);
	if (derived) return `Once, when it ${derived.when}. Needs the sync of the organisation.`;
	if (type.startsWith('invoice.')) return 'Sales invoices';
	if (type.startsWith('bill.')) return 'Invoices of suppliers';
	if (type.startsWith('subscription.')) return 'Subscriptions of a Xero App Store app';
	return undefined;
}

function derivedOf(type: string) {
	return DERIVED_TYPES.find((one) => one.type === type);
}
