import type { IDataObject } from 'n8n-workflow';

import type { SubscriptionFilter } from '../../hub-server/protocol';

/**
 * The filter that the node's fields ask for; undefined where they leave nothing out, so that a hub that knows no
 * filters serves the node too.
 *
 * @param filters the collection, as n8n gives it
 */
export function readFilter(filters: IDataObject): SubscriptionFilter | undefined {
	const { minTotal, maxTotal, overdueDays, causedByOthersOnly } = filters;
	const filter: SubscriptionFilter = {
		...list('documentTypes', filters['documentTypes']),
		...list('statuses', filters['statuses']),
		...list('contactIds', filters['contactIds']),
		...list('changed', filters['changed']),
		...(typeof minTotal === 'number' && { minTotal }),
		...(typeof maxTotal === 'number' && { maxTotal }),
		...(typeof overdueDays === 'number' && { overdueDays }),
		...(causedByOthersOnly === true && { causedByOthersOnly }),
	};
	return Object.keys(filter).length === 0 ? undefined : filter;
}

/** A list of n8n's, or what a person wrote with commas between. An expression gives either. */
function list(
	name: 'documentTypes' | 'statuses' | 'contactIds' | 'changed',
	value: unknown,
): SubscriptionFilter {
	const given: readonly unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',');
	const members = given.map((one) => String(one).trim()).filter((one) => one !== '');
	return members.length === 0 ? {} : { [name]: members };
}
