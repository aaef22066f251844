import type { INodePropertyOptions } from 'n8n-workflow';

import {
	ANY_EVENT,
	DERIVED_EVENT_TYPES,
	EVENT_TYPES,
	feedsOf,
	OVERDUE_TYPES,
	RAW_EVENT,
} from '../../hub-server/protocol';
import { DERIVED_TYPES } from '../../hub-server/protocol/xero';

const KINDS: Readonly<Record<string, string>> = {
	invoice: 'sales invoice',
	bill: 'invoice of a supplier',
	subscription: 'subscription of a Xero App Store app',
};

/** The event types a user can pick: what a record becomes first, in the order of the protocol. */
export const eventOptions: INodePropertyOptions[] = [
	...EVENT_TYPES.map((type) => ({ name: nameOf(type), value: type, description: describe(type) })),
	{
		name: 'Any Event',
		value: ANY_EVENT,
		description: 'Every event of the chosen organisations, whatever its type',
	},
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
	return DERIVED_EVENT_TYPES.includes(type) ? `On ${words}` : words;
}

function describe(type: string): string {
	return `${meaningOf(type)}. Fed by: ${feedsOf(type).join(' · ')}.`;
}

function meaningOf(type: string): string {
	const derived = DERIVED_TYPES.find((one) => one.type === type);
	if (derived) return `Once, when it ${derived.when}`;
	if (OVERDUE_TYPES.includes(type)) {
		return 'Once, when it is owed and its due date has passed by the number of days under Filters';
	}
	const [entity = '', change] = type.split('.');
	const kind = KINDS[entity] ?? entity.replaceAll('_', ' ');
	const one = `${/^[aeio]/.test(kind) ? 'An' : 'A'} ${kind}`;
	if (change === 'deleted') return `${one} is not in Xero any more`;
	return change === 'created' ? `${one} is made` : `${one} is changed in any way`;
}
