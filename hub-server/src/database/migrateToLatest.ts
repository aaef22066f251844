import { sql, type Kysely } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, Migrator, type Migration } from 'kysely/migration';
import { firstLight } from '../../migrations/0001FirstLight';
import { tokenOwner } from '../../migrations/0002TokenOwner';
import { portal } from '../../migrations/0003Portal';
import { workflowAlerts } from '../../migrations/0004WorkflowAlerts';
import { signIns } from '../../migrations/0005SignIns';
import { sharedGrants } from '../../migrations/0006SharedGrants';
import { connectStarter } from '../../migrations/0007ConnectStarter';
import { connectLink } from '../../migrations/0008ConnectLink';
import { deliveryTypes } from '../../migrations/0009DeliveryTypes';
import { triggerIdentity } from '../../migrations/0010TriggerIdentity';
import { fairDispatch } from '../../migrations/0011FairDispatch';
import { putAside } from '../../migrations/0012PutAside';
import { retention } from '../../migrations/0013Retention';
import { quotasAndNotices } from '../../migrations/0014QuotasAndNotices';
import { savedItems } from '../../migrations/0015SavedItems';
import { scheduledSync } from '../../migrations/0016ScheduledSync';
import { writesAndBudgets } from '../../migrations/0018WritesAndBudgets';
import { gaps } from '../../migrations/0019Gaps';
import { pullSubscriptions } from '../../migrations/0020PullSubscriptions';
import { overdueDays } from '../../migrations/0021OverdueDays';
import { countedRuns } from '../../migrations/0022CountedRuns';
import { sweepsAsked } from '../../migrations/0023SweepsAsked';
import { twoSystems } from '../../migrations/0024TwoSystems';
import { signIn } from '../../migrations/0025SignIn';
import { connectLinks } from '../../migrations/0027ConnectLinks';
import { keyRights } from '../../migrations/0026KeyRights';
import { keyedAudit } from '../../migrations/0028KeyedAudit';
import { keyMakers } from '../../migrations/0029KeyMakers';
import { connectedBy } from '../../migrations/0033ConnectedBy';
import type { Clock } from '../clock';
import type { Engine } from './engine';
import type { Tables } from './tables';

/**
 * Applies the migrations that are missing, in order, each once. Safe to run from several processes:
 * Kysely takes a lock first.
 *
 * @throws Error that says why, with the failing migration's as its cause; the ledger stands at the one
 * before. A ledger of a newer version is left untouched.
 */
export async function migrateToLatest(
	db: Kysely<Tables>,
	engine: Engine,
	now: Clock,
): Promise<string[]> {
	const newer = await newerMigrations(db);
	if (newer.length > 0) throw new Error(`${describeNewer(newer)} ${GO_BACK}`);
	const migrations = migrationsOf(engine, now);
	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error, results } = await migrator.migrateToLatest();
	if (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`The ledger could not be brought up to date: ${reason}`, { cause: error });
	}
	return (results ?? []).map(({ migrationName }) => migrationName);
}

/** The migrations that a start of this version would apply. */
export async function pendingMigrations(db: Kysely<Tables>): Promise<string[]> {
	const applied = await appliedMigrations(db);
	return Object.keys(MIGRATIONS).filter((name) => !applied.includes(name));
}

/** The migrations that were applied by a version which knows more of them than this one. */
export async function newerMigrations(db: Kysely<Tables>): Promise<string[]> {
	return (await appliedMigrations(db)).filter((name) => !(name in MIGRATIONS));
}

async function appliedMigrations(db: Kysely<Tables>): Promise<string[]> {
	const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
	if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return [];
	const { rows } = await sql<{ name: string }>`
		select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(db);
	return rows.map(({ name }) => name);
}

export function describeNewer(migrations: readonly string[]): string {
	return `The ledger was written by a newer version of the hub (${migrations.join(', ')}).`;
}

export const GO_BACK = 'Start that version, or restore the backup that was taken before it ran.';

/** Every migration by its name, in their order. */
export function migrationsOf(engine: Engine, now: Clock): Record<string, Migration> {
	return Object.fromEntries(
		Object.entries(MIGRATIONS).map(([name, migration]) => [name, migration(engine, now)]),
	);
}

const MIGRATIONS: Readonly<Record<string, (engine: Engine, now: Clock) => Migration>> = {
	'0001FirstLight': firstLight,
	'0002TokenOwner': tokenOwner,
	'0003Portal': () => portal,
	'0004WorkflowAlerts': () => workflowAlerts,
	'0005SignIns': () => signIns,
	'0006SharedGrants': sharedGrants,
	'0007ConnectStarter': () => connectStarter,
	'0008ConnectLink': () => connectLink,
	'0009DeliveryTypes': () => deliveryTypes,
	'0010TriggerIdentity': () => triggerIdentity,
	'0011FairDispatch': fairDispatch,
	'0012PutAside': () => putAside,
	'0013Retention': () => retention,
	'0014QuotasAndNotices': () => quotasAndNotices,
	'0015SavedItems': () => savedItems,
	'0016ScheduledSync': scheduledSync,
	'0018WritesAndBudgets': () => writesAndBudgets,
	'0019Gaps': () => gaps,
	'0020PullSubscriptions': () => pullSubscriptions,
	'0021OverdueDays': () => overdueDays,
	'0022CountedRuns': () => countedRuns,
	'0023SweepsAsked': () => sweepsAsked,
	'0024TwoSystems': () => twoSystems,
	'0025SignIn': () => signIn,
	'0027ConnectLinks': () => connectLinks,
	'0026KeyRights': () => keyRights,
	'0028KeyedAudit': () => keyedAudit,
	'0029KeyMakers': () => keyMakers,
	'0033ConnectedBy': () => connectedBy,
};
