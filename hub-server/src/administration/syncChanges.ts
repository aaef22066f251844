import { ConnectionOffError, SyncOffError, UnknownTenantError } from '../errors/syncErrors';
import { InvalidFieldsError } from '../errors/requestErrors';
import type { SyncKind } from '../database/tables';
import { findEntity } from '../records/xeroEntities';
import type { StreamPlan } from '../sync/Stream';
import type { StreamWithRun } from '../sync/streamStore';
import type { SyncSide } from '../sync/SyncSide';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import type { Workspace } from '../workspaces/workspaceStore';
import { connectionName } from '../xero/connections/connectionName';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** When a stream is to run; what is left out is as usual, or stays. */
export interface PlanWish {
	readonly everySeconds?: number | undefined;
	readonly cron?: string | undefined;
	readonly timeZone?: string | undefined;
}

export interface SyncWish extends PlanWish {
	readonly tenantId: string;
	readonly entity: string;
	readonly enabled: boolean;
	readonly tellExisting: boolean;
}

/** The streams of a workspace: make, change, run, remove. */
export interface SyncChanges {
	/**
	 * One that exists is answered as it is.
	 *
	 * @throws SyncOffError, UnknownTenantError, InvalidFieldsError, QuotaReachedError
	 */
	create(
		by: Actor,
		workspace: Holder,
		wish: SyncWish,
	): Promise<{ readonly isNew: boolean; readonly sync: StreamWithRun }>;
	/** @throws SyncOffError, NotFoundError, InvalidFieldsError */
	change(
		by: Actor,
		workspace: Holder,
		id: string,
		change: PlanWish & {
			readonly enabled?: boolean | undefined;
			readonly sweepConfirmed?: boolean | undefined;
		},
	): Promise<StreamWithRun>;
	/** @throws SyncOffError, NotFoundError */
	remove(by: Actor, workspace: Holder, id: string): Promise<void>;
	/** @throws SyncOffError, NotFoundError, ConnectionOffError, RunUnderWayError */
	run(
		by: Actor,
		workspace: Holder,
		id: string,
		wish: { readonly kind: SyncKind; readonly confirmDeletes: boolean },
	): Promise<string>;
}

type Holder = Pick<Workspace, 'id' | 'slug'>;

export function createSyncChanges(deps: {
	/** Absent: this hub has no sync. */
	readonly sync?: SyncSide | undefined;
	readonly connections: Pick<ConnectionRows, 'findTenant' | 'get'>;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'requireRoom'>;
	readonly noteChange: NoteChange;
}): SyncChanges {
	const { connections, workspaceLimits, noteChange } = deps;

	function side(): SyncSide {
		if (deps.sync === undefined) throw new SyncOffError();
		return deps.sync;
	}

	function planOf({ everySeconds, cron, timeZone }: PlanWish): StreamPlan | undefined {
		const faults = [
			...(everySeconds !== undefined && cron !== undefined
				? [{ field: 'cron', message: 'cannot stand beside everySeconds' }]
				: []),
			...(timeZone !== undefined && cron === undefined
				? [{ field: 'timeZone', message: 'means something with cron only' }]
				: []),
		];
		if (cron !== undefined) {
			const fault = side().faultOfCron(cron, timeZone ?? 'UTC');
			if (fault !== undefined) faults.push({ field: 'cron', message: fault });
		}
		if (faults.length > 0) throw new InvalidFieldsError(faults);
		if (cron !== undefined) return { cron, timeZone: timeZone ?? 'UTC' };
		return everySeconds === undefined ? undefined : { everySeconds };
	}

	async function note(
		by: Actor,
		slug: string,
		action: string,
		about: Connection | undefined,
		{ stream }: StreamWithRun,
	) {
		await noteChange(by, {
			workspace: slug,
			action,
			detail: {
				organisation: about === undefined ? stream.tenantId : connectionName(about),
				entity: stream.entity.entity,
			},
		});
	}

	return {
		async create(
			by,
			{ id: workspaceId, slug },
			{ tenantId, entity: name, enabled, tellExisting, ...wish },
		) {
			const { streams, wake } = side();
			const entity = findEntity(name);
			if (entity === undefined) {
				throw new InvalidFieldsError([{ field: 'entity', message: 'is none that can be synced' }]);
			}
			const plan = planOf(wish) ?? { everySeconds: USUAL_SECONDS };
			const connection = await connections.findTenant(workspaceId, tenantId);
			if (connection === undefined) throw new UnknownTenantError(tenantId);
			const held = await streams.ofConnection(workspaceId, connection.id);
			if (!held.some(({ stream }) => stream.entity === entity)) {
				const have = await streams.count(workspaceId);
				await workspaceLimits.requireRoom(workspaceId, 'syncs', have);
			}
			const made = await streams.create(connection, entity, { plan, enabled, tellExisting });
			wake();
			const sync = await streams.get(workspaceId, made.id);
			await note(by, slug, 'sync.created', connection, sync);
			return { isNew: made.isNew, sync };
		},

		async change(by, { id: workspaceId, slug }, id, { enabled, sweepConfirmed, ...wish }) {
			const { streams, wake } = side();
			await streams.change(workspaceId, id, { plan: planOf(wish), enabled, sweepConfirmed });
			wake();
			const sync = await streams.get(workspaceId, id);
			await note(by, slug, 'sync.changed', undefined, sync);
			return sync;
		},

		async remove(by, { id: workspaceId, slug }, id) {
			const { streams } = side();
			const sync = await streams.get(workspaceId, id);
			await streams.remove(workspaceId, id);
			await note(by, slug, 'sync.removed', undefined, sync);
		},

		async run(by, { id: workspaceId, slug }, id, { kind, confirmDeletes }) {
			const { streams, wake } = side();
			const sync = await streams.get(workspaceId, id);
			const connection = await connections.findTenant(workspaceId, sync.stream.tenantId);
			if (connection === undefined || !connection.enabled || !connection.syncs) {
				throw new ConnectionOffError(
					connection === undefined ? sync.stream.tenantId : connectionName(connection),
				);
			}
			const runId = await streams.run(workspaceId, id, kind, { mayDelete: confirmDeletes });
			wake();
			await note(by, slug, 'sync.run', connection, sync);
			return runId;
		},
	};
}

const USUAL_SECONDS = 3_600;
