import type { Clock } from '../clock';
import { createKeepLinks } from '../links/linkKeeper';
import { createLinkMigrations, type LinkMigrations } from '../links/linkMigrations';
import type { Log } from '../Log';
import { createHubLease } from '../work/hubLease';
import { startRunLoop } from '../work/runLoop';
import type { XeroSide } from './composeXero';
import type { Stores } from './openStores';

/** What links do by themselves: migrations go on, and links follow what becomes of their records. */
export interface Links {
	/** The API's; one that is started begins at once. */
	readonly linkMigrations: LinkMigrations;
	/** Begins no step more. */
	stop(): Promise<void>;
}

const MIGRATE_POLL_MS = 2_000;

/** How soon a link breaks after its record was read, where there are a few thousand links. */
const KEEP_EVERY_MS = 15_000;

/** Between steps of one look: a million links of somebody's make the look longer, and nobody else wait. */
const BETWEEN_STEPS_MS = 250;

const KEEP_LEASE_MS = 120_000;

export function startLinks(deps: {
	readonly stores: Pick<Stores, 'database'>;
	readonly xero: Pick<XeroSide, 'readRecords'>;
	readonly log: Pick<Log, 'error' | 'info'>;
	readonly now: Clock;
}): Links {
	const { stores, xero, log, now } = deps;
	const { db, engine } = stores.database;

	const linkMigrations = createLinkMigrations({ db, engine, readRecords: xero.readRecords, now });
	const migrating = startRunLoop({
		take: async () => ((await linkMigrations.step()) ? 'again' : 'rest'),
		restMs: () => MIGRATE_POLL_MS,
		onFault: (cause) => log.error({ err: cause }, 'A migration of links failed; it goes on later.'),
	});

	const lease = createHubLease({ db, name: 'links', durationMs: KEEP_LEASE_MS, now });
	const keepLinks = createKeepLinks({ db, now });
	let after = '';
	const keeping = startRunLoop({
		async take() {
			const from = after;
			// A look that another hub has taken over, or that failed, begins anew after the whole rest.
			after = '';
			if (!(await lease.hold())) return 'rest';
			const { after: next, ...news } = await keepLinks(from);
			if (news.broken + news.healed + news.followed > 0) {
				log.info(news, 'Links follow what became of their records.');
			}
			after = next ?? '';
			return 'rest';
		},
		restMs: () => (after === '' ? KEEP_EVERY_MS : BETWEEN_STEPS_MS),
		onFault: (cause) => log.error({ err: cause }, 'Looking after links failed; it goes on later.'),
	});
	return {
		linkMigrations: {
			...linkMigrations,
			async start(...wish) {
				const migration = await linkMigrations.start(...wish);
				migrating.ring();
				return migration;
			},
		},
		async stop() {
			await Promise.all([migrating.stop(), keeping.stop()]);
			await lease.release();
		},
	};
}
