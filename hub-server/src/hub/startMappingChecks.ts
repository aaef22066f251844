import type { Clock } from '../clock';
import { changedRecords, type ChangedRecord } from '../events/changedRecords';
import type { Log } from '../Log';
import type { StoredMapping } from '../mapping/mappingStore';
import { createHubLease } from '../work/hubLease';
import { startRunLoop } from '../work/runLoop';
import type { MappingSide } from './composeMappings';
import type { Stores } from './openStores';

/** Looks at mappings again when what they stand for has changed in Xero, so that nobody finds it out by a push. */
export interface MappingChecks {
	/** Resolves once what was told before was looked at. */
	settled(): Promise<void>;
	stop(): Promise<void>;
}

const TRACKING = 'TRACKINGCATEGORY';

/** What mappings stand for, as Xero's webhooks name it, or would. */
const CATEGORIES = ['ACCOUNT', 'TAXRATE', 'ITEM', 'CONTACT', TRACKING];

const LOOK_EVERY_MS = 15_000;

/** Events of other hubs can appear a little later than their ids say, and an answer of Xero's is a minute old at most. */
const OVERLAP_MS = 120_000;

/** What was told while no hub ran. */
const FIRST_LOOK_MS = 3_600_000;

/** Longer than a look with calls that wait for their turn. */
const LEASE_MS = 5 * 60_000;

const LISTED_AT_A_TIME = 200;

export function startMappingChecks(deps: {
	readonly stores: Pick<Stores, 'database'>;
	readonly mapping: Pick<MappingSide, 'mappings' | 'checkMappings'>;
	readonly log: Pick<Log, 'error'>;
	readonly now: Clock;
}): MappingChecks {
	const { stores, mapping, log, now } = deps;
	const { mappings, checkMappings } = mapping;
	const { db } = stores.database;
	const lease = createHubLease({ db, name: 'mapping_checks', durationMs: LEASE_MS, now });

	/** Those of one organisation that stand for changed records; options of tracking are told by their category. */
	async function concerned(changes: readonly ChangedRecord[]): Promise<readonly StoredMapping[]> {
		const [first] = changes;
		if (first === undefined) return [];
		const { workspaceId, tenantId } = first;
		const of = { workspaceId, tenantId };
		const ids = changes.map(({ resourceId }) => resourceId);
		const found = [...(await mappings.findByXeroIds(of, ids))];
		if (!changes.some(({ category }) => category === TRACKING)) return found;
		let cursor: string | undefined;
		do {
			const page = await mappings.list(
				of,
				{ kind: 'tracking' },
				{ cursor, limit: LISTED_AT_A_TIME },
			);
			found.push(...page.items);
			cursor = page.nextCursor ?? undefined;
		} while (cursor !== undefined);
		return found;
	}

	let lookedAt = now() - FIRST_LOOK_MS;
	const looking = startRunLoop({
		async take(stopped) {
			if (!(await lease.hold())) return 'rest';
			const at = now();
			for await (const changes of changedRecords(db, CATEGORIES, lookedAt - OVERLAP_MS)) {
				const byOrganisation = Map.groupBy(
					changes,
					({ workspaceId, tenantId }) => `${workspaceId} ${tenantId}`,
				);
				for (const some of byOrganisation.values()) {
					if (stopped.aborted) return 'rest';
					const found = await concerned(some);
					const [first] = some;
					if (first === undefined || found.length === 0) continue;
					// What a webhook tells was not read yet; a sync has stored what it tells.
					const age = some.every(({ source }) => source === 'sync') ? 'kept' : 'doubted';
					await checkMappings(first, new Map(found.map((one) => [one.id, one])), age);
				}
			}
			lookedAt = at;
			return 'rest';
		},
		restMs: () => LOOK_EVERY_MS,
		onFault: (cause) => log.error({ err: cause }, 'Checking mappings failed; it goes on.'),
	});
	return {
		settled: () => looking.settled(),
		async stop() {
			await looking.stop();
			await lease.release();
		},
	};
}
