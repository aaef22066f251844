import type { INodePropertyOptions } from 'n8n-workflow';

import { CHANGES } from '../../hub-server/protocol';
import { DERIVED_TYPES } from '../../hub-server/protocol/xero';
import { WATCHED_LISTS } from './watchedLists';

/** What can start the workflow: of each entity, that it was made or changed, and what its status tells. */
export const changeOptions: INodePropertyOptions[] = WATCHED_LISTS.flatMap(
	({ entities }) => entities,
).flatMap((entity) => [
	...CHANGES.map((change) => optionOf(`${entity}.${change}`)),
	...DERIVED_TYPES.filter((derived) => derived.entity === entity).map(({ type, when }) =>
		optionOf(type, `When it ${when}`),
	),
]);

function optionOf(type: string, description?: string): INodePropertyOptions {
	const name = type
		.split(/[._]/)
		.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join(' ');
	return { name, value: type, ...(description !== undefined && { description }) };
}
