import { ENTITIES, OVERDUE_TYPES, TRANSITION_TYPES, type EventType } from './eventTypes';

/**
 * What tells of an event: Xero's webhook, a scheduled sync that asks what has changed, a sweep that reads the whole list
 * from time to time, or the hub's own clock.
 */
export type EventFeed = 'webhook' | 'sync' | 'sweep' | 'clock';

/** Lists that every run reads whole: each is a sweep by itself. */
const READ_WHOLE: readonly string[] = [
	'bank_statement',
	'bank_transfer',
	'organisation',
	'tax_rate',
	'tracking_category',
];

/** Xero has no list of them. */
const WITHOUT_LIST: readonly string[] = ['subscription'];

/** @param type one that a user can pick */
export function feedsOf(type: EventType): readonly EventFeed[] {
	if (OVERDUE_TYPES.includes(type)) return ['clock'];
	const [entity = '', change] = type.split('.');
	const sweep: readonly EventFeed[] = READ_WHOLE.includes(entity) ? [] : ['sweep'];
	const isGone = change === 'deleted' && !TRANSITION_TYPES.includes(type);
	if (isGone) return sweep.length > 0 ? sweep : ['sync'];
	const isWebhook = (ENTITIES as readonly string[]).includes(entity);
	return [
		...(isWebhook ? (['webhook'] as const) : []),
		...(WITHOUT_LIST.includes(entity) ? [] : (['sync', ...sweep] as const)),
	];
}
