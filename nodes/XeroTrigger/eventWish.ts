import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import type { SubscriptionFilter, WhileUnpublished } from '../../hub-server/protocol';
import { readFilter } from './readFilter';

/** Which events a workflow wants of the hub, and how: the same whether they are pushed or pulled. */
export interface EventWish {
	/** Event types. */
	readonly events: readonly string[];
	/** Empty for every organisation of the workspace. */
	readonly tenantIds: readonly string[];
	readonly hydrate: boolean;
	readonly whileUnpublished: WhileUnpublished;
	/** Absent where nothing is left out. */
	readonly filter?: SubscriptionFilter;
}

/** What the fields of a node say that is started by events of the hub. */
export function readEventWish(context: Pick<IHookFunctions, 'getNodeParameter'>): EventWish {
	const options = context.getNodeParameter('options', {}) as {
		hydrate?: boolean;
		whileUnpublished?: WhileUnpublished;
	};
	const filter = readFilter(context.getNodeParameter('filters', {}) as IDataObject);
	return {
		events: context.getNodeParameter('events', []) as string[],
		tenantIds: context.getNodeParameter('organisations', []) as string[],
		hydrate: options.hydrate === true,
		whileUnpublished: options.whileUnpublished ?? 'keep',
		...(filter !== undefined && { filter }),
	};
}
