import type { INodePropertyOptions } from 'n8n-workflow';

import {
	ANY_EVENT,
	EVENT_TYPES,
	feedsOf,
	OVERDUE_TYPES,
	RAW_EVENT,
} from '../../hub-server/protocol';
import { DERIVED_TYPES } from '../../hub-server/protocol/xero';
import { eventOption } from './eventOption';
import { popularFirst } from './popularFirst';

const KINDS: Readonly<Record<string, string>> = {
	invoice: 'sales invoice',
	bill: 'invoice of a supplier',
	subscription: 'subscription of a Xero App Store app',
};

/** The event types a user can pick: the popular first, then what a record becomes, in the order of the protocol. */
export const eventOptions: INodePropertyOptions[] = [
	...popularFirst(EVENT_TYPES).map((type) => eventOption(type, describe(type))),
	eventOption(ANY_EVENT, 'Every event of the chosen organisations, whatever its type'),
	eventOption(RAW_EVENT, "Every event with Xero's own event object in data"),
];

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
