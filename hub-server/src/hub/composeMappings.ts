import type { Clock, Uptime } from '../clock';
import { createChart } from '../mapping/chart';
import { createCheckMappings, createTellMappingAlert } from '../mapping/checkMappings';
import { createCreateAccount } from '../mapping/createAccount';
import { createKeptLists } from '../mapping/keptLists';
import { createMappingStore } from '../mapping/mappingStore';
import { createResolveMappings } from '../mapping/resolveMappings';
import { createUnmappedValues } from '../mapping/unmappedValues';
import type { SyncSide } from '../sync/SyncSide';
import type { XeroSide } from './composeXero';
import type { Stores } from './openStores';

export type MappingSide = ReturnType<typeof composeMappings>;

/** Another system's values in Xero's words, and what they are checked against. */
export function composeMappings(deps: {
	readonly stores: Pick<Stores, 'database' | 'links' | 'recordSealOf' | 'workspaceLimits'>;
	readonly xero: Pick<XeroSide, 'api' | 'connections' | 'writes'>;
	/** Absent: nothing is kept fresh, and Xero is asked. */
	readonly sync?: Pick<SyncSide, 'keepsFresh'> | undefined;
	readonly now: Clock;
	readonly uptime: Uptime;
}) {
	const { stores, xero, sync, now, uptime } = deps;
	const { links } = stores;
	const { db } = stores.database;
	const { connections } = xero;

	const mappings = createMappingStore({ db, now, workspaceLimits: stores.workspaceLimits });
	const unmapped = createUnmappedValues({ db, now });
	const kept = createKeptLists({
		db,
		recordSealOf: stores.recordSealOf,
		isKeptFresh: async (connectionId, entity) =>
			sync !== undefined && (await sync.keepsFresh(connectionId, entity)),
	});
	const chart = createChart({ api: xero.api, kept, uptime });
	const tellMappingAlert = createTellMappingAlert({ db, mappings, connections, now });
	const checkMappings = createCheckMappings({
		...{ mappings, chart, connections, now },
		tellAlert: tellMappingAlert,
	});
	return {
		mappings,
		unmapped,
		chart,
		createAccount: createCreateAccount({ api: xero.api, chart, writes: xero.writes }),
		checkMappings,
		tellMappingAlert,
		resolveMappings: createResolveMappings({ mappings, unmapped, links, checkMappings }),
	};
}
