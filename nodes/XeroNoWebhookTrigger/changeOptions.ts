import type { INodePropertyOptions } from 'n8n-workflow';

import { CHANGES } from '../../hub-server/protocol';
import { DERIVED_TYPES } from '../../hub-server/protocol/xero';
import { eventOption } from '../XeroTrigger/eventOption';
import { popularFirst } from '../XeroTrigger/popularFirst';
import { WATCHED_LISTS } from './watchedLists';

const TYPES = WATCHED_LISTS.flatMap(({ entities }) => entities).flatMap((entity) => [
	...CHANGES.map((change) => `${entity}.${change}`),
	...DERIVED_TYPES.filter((derived) => derived.entity === entity).map(({ type }) => type),
]);

/** What can start the workflow: of each entity, that it was made or changed, and what its status tells. */
export const changeOptions: INodePropertyOptions[] = popularFirst(TYPES).map((type) => {
	const derived = DERIVED_TYPES.find((one) => one.type === type);
	return eventOption(type, derived && `When it ${derived.when}`);
});
