import type { PushItemState, WritePolicy } from '../database/tables';
import { InvalidFieldsError, type FieldFault } from '../errors/requestErrors';
import { ConnectionOffError, UnknownTenantError } from '../errors/syncErrors';
import { WriteNotAllowedError } from '../errors/xeroErrors';
import { pushedEntity } from '../push/pushedEntities';
import type { Push, PushItem, PushRecord, PushWish } from '../push/Push';
import type { PushRequest, PushStore } from '../push/PushStore';
import type { WorkspaceLimits } from '../workspaces/workspaceLimits';
import type { Workspace } from '../workspaces/workspaceStore';
import { faultOfElements } from '../xero/api/writePolicy';
import { connectionName } from '../xero/connections/connectionName';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** Pushes of a workspace: begin, repeat, resolve, undo. */
export interface PushChanges {
	/**
	 * The same idempotency key with the same request answers the push that it made.
	 *
	 * @throws InvalidFieldsError, UnknownTenantError, ConnectionOffError, QuotaReachedError, IdempotencyKeyUsedError
	 */
	begin(by: Actor, workspace: Holder, wish: PushWish, request: PushRequest): Promise<Push>;
	/** @returns how many records are taken up once more. @throws NotFoundError, ConflictError */
	retry(
		by: Actor,
		workspace: Holder,
		id: string,
		states: readonly PushItemState[] | undefined,
	): Promise<number>;
	/** Of all pushes of the filter that have records in the state. */
	retryAll(
		by: Actor,
		workspace: Holder,
		filter: Parameters<PushStore['retryAll']>[1],
		state: PushItemState,
	): Promise<{ readonly pushes: number; readonly records: number }>;
	/** @throws NotFoundError, ConflictError */
	resolve(
		by: Actor,
		workspace: Holder,
		at: { readonly id: string; readonly externalId: string },
		use: 'xero' | 'external',
	): Promise<PushItem>;
	/** @throws NotFoundError, ConflictError, QuotaReachedError */
	undo(by: Actor, workspace: Holder, id: string, request: PushRequest): Promise<Push>;
}

const UNDO_REMOVES =
	'To undo is to void and delete, which automation may not do in this organisation. An owner says in the hub’s portal, under Organisations, what automation may write.';

type Holder = Pick<Workspace, 'id' | 'slug'>;

export function createPushChanges(deps: {
	readonly pushes: PushStore;
	readonly connections: Pick<ConnectionRows, 'findTenant'>;
	readonly workspaceLimits: Pick<WorkspaceLimits, 'requireRoom'>;
	readonly noteChange: NoteChange;
}): PushChanges {
	const { pushes, connections, workspaceLimits, noteChange } = deps;

	async function requireRoom(workspaceId: string, records: number): Promise<void> {
		const { running, items } = await pushes.usage(workspaceId);
		await workspaceLimits.requireRoom(workspaceId, 'pushes', running);
		await workspaceLimits.requireRoom(workspaceId, 'pushedRecords', items + records - 1);
	}

	/** What can be known before a record is looked at. @throws WriteNotAllowedError */
	function requirePolicy(policy: WritePolicy, entity: PushWish['entity']): void {
		const fault = faultOfElements(policy, pushedEntity(entity).xero.collection, []);
		if (fault !== undefined) throw new WriteNotAllowedError(fault);
	}

	return {
		async begin(by, { id: workspaceId, slug }, wish, request) {
			const faults = faultsOf(wish);
			if (faults.length > 0) throw new InvalidFieldsError(faults);
			const { tenantId, system, entity, records, dryRun } = wish;
			const connection = await connections.findTenant(workspaceId, tenantId);
			if (connection === undefined) throw new UnknownTenantError(tenantId);
			if (!connection.enabled) throw new ConnectionOffError(connectionName(connection));
			if (!dryRun) requirePolicy(connection.writePolicy, entity);
			await requireRoom(workspaceId, records.length);
			const { isNew, push } = await pushes.create(
				workspaceId,
				{ ...wish, tenantId: connection.tenantId },
				request,
			);
			if (isNew) {
				await noteChange(by, {
					workspace: slug,
					action: 'push.begun',
					detail: {
						...{ push: push.id, organisation: connectionName(connection), system, entity },
						records: String(records.length),
						...(dryRun && { dryRun: 'true' }),
					},
				});
			}
			return push;
		},

		async retry(by, { id: workspaceId, slug }, id, states) {
			const count = await pushes.retry(workspaceId, id, states);
			await noteChange(by, {
				workspace: slug,
				action: 'push.retried',
				detail: { push: id, records: String(count) },
			});
			return count;
		},

		async retryAll(by, { id: workspaceId, slug }, filter, state) {
			const taken = await pushes.retryAll(workspaceId, filter, state);
			await noteChange(by, {
				workspace: slug,
				action: 'push.retried',
				detail: { pushes: String(taken.pushes), records: String(taken.records), state },
			});
			return taken;
		},

		async resolve(by, { id: workspaceId, slug }, { id, externalId }, use) {
			const item = await pushes.resolve(workspaceId, id, externalId, use);
			await noteChange(by, {
				workspace: slug,
				action: 'push.resolved',
				detail: { push: id, record: externalId, use },
			});
			return item;
		},

		async undo(by, { id: workspaceId, slug }, id, request) {
			const { running } = await pushes.usage(workspaceId);
			await workspaceLimits.requireRoom(workspaceId, 'pushes', running);
			const { tenantId } = await pushes.get(workspaceId, id);
			const policy = (await connections.findTenant(workspaceId, tenantId))?.writePolicy ?? 'all';
			if (policy !== 'all') throw new WriteNotAllowedError(UNDO_REMOVES);
			const { isNew, push } = await pushes.undo(workspaceId, id, request);
			if (isNew) {
				await noteChange(by, {
					workspace: slug,
					action: 'push.undone',
					detail: { push: id, undo: push.id },
				});
			}
			return push;
		},
	};
}

/** Each with its row. */
function faultsOf({ records, policy, entity }: PushWish): FieldFault[] {
	const first = new Map<string, number>();
	return records.flatMap((record, row) => {
		const before = first.get(record.externalId);
		if (before === undefined) first.set(record.externalId, row);
		const faults: Array<readonly [string, string]> = [
			...(before === undefined
				? []
				: [['externalId', `"${record.externalId}" is record ${before} already`] as const]),
			...(policy === 'latest' && record.modifiedAt === null
				? [['modifiedAt', 'is needed for the policy "latest"'] as const]
				: []),
			...faultsOfType(record, entity),
		];
		return faults.map(([field, message]) => ({ field: `records.${row}.${field}`, message }));
	});
}

const TYPES: Readonly<Partial<Record<PushWish['entity'], readonly string[]>>> = {
	invoice: ['ACCREC'],
	bill: ['ACCPAY'],
	credit_note: ['ACCRECCREDIT', 'ACCPAYCREDIT'],
};

function faultsOfType({ fields }: PushRecord, entity: PushWish['entity']) {
	const allowed = TYPES[entity];
	const type = fields['Type'];
	if (allowed === undefined || type === undefined || allowed.includes(String(type))) return [];
	return [['fields.Type', `must be ${allowed.join(' or ')} of this entity`] as const];
}
