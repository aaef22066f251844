import { InvalidFieldsError, NotFoundError } from '../errors/requestErrors';
import { ConnectionOffError, UnknownTenantError } from '../errors/syncErrors';
import type { Chart, ChartOf } from '../mapping/chart';
import type { TellMappingAlert } from '../mapping/checkMappings';
import { copyWishes } from '../mapping/copyWishes';
import type { CreateAccount, NewAccount } from '../mapping/createAccount';
import { textOf } from '../mapping/judgeMapping';
import type { Mapping } from '../mapping/Mapping';
import {
	nameOf,
	type MappingName,
	type MappingStore,
	type StoredMapping,
} from '../mapping/mappingStore';
import { placeInChart, wishText, type MappingWish } from '../mapping/placeInChart';
import type { UnmappedValue, UnmappedValues } from '../mapping/unmappedValues';
import type { Workspace } from '../workspaces/workspaceStore';
import { WriteNotAllowedError } from '../errors/xeroErrors';
import { faultOfElements } from '../xero/api/writePolicy';
import { connectionName } from '../xero/connections/connectionName';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { Actor } from './Actor';
import type { NoteChange } from './noteChange';

/** A wish as somebody numbered it, such as the row of a file. */
export interface NumberedWish {
	readonly place: string;
	readonly wish: MappingWish;
}

/** The mappings of a workspace's organisations. */
export interface MappingChanges {
	/**
	 * Makes mappings, or changes those of the same name: all of them, or none.
	 *
	 * @throws UnknownTenantError, ConnectionOffError, QuotaReachedError, and InvalidFieldsError that says of each what the
	 * organisation has not, with what comes nearest
	 */
	put(
		by: Actor,
		workspace: Holder,
		tenantId: string,
		wishes: readonly NumberedWish[],
	): Promise<readonly StoredMapping[]>;
	/** @throws UnknownTenantError, NotFoundError */
	remove(by: Actor, workspace: Holder, tenantId: string, name: MappingName): Promise<void>;
	/**
	 * Takes the mappings of another organisation as a template, by what both organisations call things. Where something is missing
	 * nothing is copied, unless `skipMissing` says so.
	 *
	 * @throws as `put`
	 */
	copy(
		by: Actor,
		workspace: Holder,
		tenantId: string,
		from: {
			readonly tenantId: string;
			readonly system?: string | undefined;
			readonly skipMissing: boolean;
		},
	): Promise<{ readonly copied: number; readonly missing: readonly string[] }>;
	/**
	 * Makes an account in Xero, and maps a value to it where one is named.
	 *
	 * @throws UnknownTenantError, ConnectionOffError, and what `CreateAccount` throws
	 */
	createAccount(
		by: Actor,
		workspace: Holder,
		tenantId: string,
		account: NewAccount,
		mapTo?: Pick<Mapping, 'system' | 'kind' | 'key'>,
	): Promise<{ readonly isNew: boolean; readonly code: string; readonly label: string }>;
	/** It is asked about again when it is wanted again. @throws UnknownTenantError */
	forget(
		by: Actor,
		workspace: Holder,
		tenantId: string,
		value: Pick<UnmappedValue, 'kind' | 'key' | 'direction' | 'system'>,
	): Promise<void>;
}

type Holder = Pick<Workspace, 'id' | 'slug'>;

/** Told of what cannot be mapped. */
const FAULTS_TOLD = 20;

const READ_AT_A_TIME = 200;

export function createMappingChanges(deps: {
	readonly mappings: Pick<MappingStore, 'putMany' | 'remove' | 'list' | 'findMany'>;
	readonly unmapped: Pick<UnmappedValues, 'forget'>;
	readonly chart: Pick<Chart, 'find' | 'list' | 'forget'>;
	readonly createAccount: CreateAccount;
	readonly tellMappingAlert: TellMappingAlert;
	readonly connections: Pick<ConnectionRows, 'findTenant'>;
	readonly noteChange: NoteChange;
}): MappingChanges {
	const { mappings, unmapped, chart, connections, tellMappingAlert, noteChange } = deps;

	async function connectionOf(workspaceId: string, tenantId: string): Promise<Connection> {
		const connection = await connections.findTenant(workspaceId, tenantId);
		if (connection === undefined) throw new UnknownTenantError(tenantId);
		return connection;
	}

	/** One that Xero may be asked about. */
	async function reach(workspaceId: string, tenantId: string) {
		const connection = await connectionOf(workspaceId, tenantId);
		if (!connection.enabled) throw new ConnectionOffError(connectionName(connection));
		const of: ChartOf = {
			...{ workspaceId, tenantId: connection.tenantId, grantId: connection.grantId },
		};
		return { of, connection };
	}

	async function readAll(workspaceId: string, tenantId: string, system: string | undefined) {
		const all: StoredMapping[] = [];
		let cursor: string | undefined;
		do {
			const page = await mappings.list(
				{ workspaceId, tenantId },
				{ system },
				{ cursor, limit: READ_AT_A_TIME },
			);
			all.push(...page.items);
			cursor = page.nextCursor ?? undefined;
		} while (cursor !== undefined);
		return all;
	}

	async function putPlaced(
		by: Actor,
		{ slug }: Holder,
		{ of, connection }: Awaited<ReturnType<typeof reach>>,
		placed: Parameters<MappingStore['putMany']>[1],
		detail: Readonly<Record<string, string>> = {},
	): Promise<void> {
		await mappings.putMany(of, placed);
		await tellMappingAlert(of);
		const [first] = placed;
		await noteChange(by, {
			workspace: slug,
			action: 'mappings.saved',
			detail: {
				organisation: connectionName(connection),
				mappings: String(placed.length),
				...(first !== undefined && placed.length === 1 && { mapping: wishText(first) }),
				...detail,
			},
		});
	}

	return {
		async put(by, workspace, tenantId, wishes) {
			const reached = await reach(workspace.id, tenantId);
			const { placed, faults } = await placeInChart(
				chart,
				reached.of,
				wishes.map(({ wish }) => wish),
			);
			if (faults.length > 0)
				throw refusal(
					faults.map(({ index, reason }) => ({
						field: wishes[index]?.place ?? '',
						message: reason,
					})),
				);
			await putPlaced(by, workspace, reached, placed);
			const names = new Map(placed.map((one) => [nameOf(one), one]));
			const systems = new Set(placed.map(({ system }) => system));
			const found = (
				await Promise.all(
					[...systems].map((system) => mappings.findMany({ ...reached.of, system }, placed)),
				)
			).flat();
			const saved = new Map(found.map((one) => [nameOf(one), one]));
			return [...names.keys()].flatMap((name) => saved.get(name) ?? []);
		},

		async remove(by, { id: workspaceId, slug }, tenantId, name) {
			const connection = await connectionOf(workspaceId, tenantId);
			const of = { workspaceId, tenantId: connection.tenantId };
			if (!(await mappings.remove(of, name))) {
				throw new NotFoundError(
					`There is no mapping of ${name.kind} "${name.key}" for the system "${name.system}"${name.direction === undefined ? '' : ` and ${name.direction}`}.`,
				);
			}
			await tellMappingAlert(of);
			await noteChange(by, {
				workspace: slug,
				action: 'mapping.removed',
				detail: {
					organisation: connectionName(connection),
					mapping: `${name.kind} "${name.key}"`,
				},
			});
		},

		async copy(by, workspace, tenantId, { tenantId: from, system, skipMissing }) {
			const reached = await reach(workspace.id, tenantId);
			const source = await connectionOf(workspace.id, from);
			const wishes = copyWishes(await readAll(workspace.id, source.tenantId, system));
			const { placed, faults } = await placeInChart(chart, reached.of, wishes);
			const missing = faults.map(({ index, reason }) => {
				const wish = wishes[index];
				return wish === undefined ? reason : `${wishText(wish)}: ${reason}`;
			});
			if (missing.length > 0 && !skipMissing) {
				throw refusal(missing.map((message) => ({ field: 'mapping', message })));
			}
			await putPlaced(by, workspace, reached, placed, { copiedFrom: connectionName(source) });
			return { copied: placed.length, missing };
		},

		async createAccount(by, workspace, tenantId, account, mapTo) {
			const reached = await reach(workspace.id, tenantId);
			const { writePolicy } = reached.connection;
			// A person in the portal is no automation.
			const fault =
				by.call === undefined ? undefined : faultOfElements(writePolicy, 'Accounts', []);
			if (fault !== undefined) throw new WriteNotAllowedError(fault);
			const { isNew, value } = await deps.createAccount(reached.of, account);
			if (isNew) {
				await noteChange(by, {
					workspace: workspace.slug,
					action: 'mapping.account_created',
					detail: {
						organisation: connectionName(reached.connection),
						account: `${account.code} ${account.name} (${account.type})`,
					},
				});
			}
			const label = `${account.code} – ${value.name}`;
			if (mapTo !== undefined) {
				await putPlaced(by, workspace, reached, [
					{ ...mapTo, value: value.value, xeroId: value.id, label },
				]);
			}
			return { isNew, code: account.code, label };
		},

		async forget(by, { id: workspaceId, slug }, tenantId, value) {
			const connection = await connectionOf(workspaceId, tenantId);
			await unmapped.forget({ workspaceId, tenantId: connection.tenantId }, value);
			await noteChange(by, {
				workspace: slug,
				action: 'mapping.unmapped_dismissed',
				detail: {
					organisation: connectionName(connection),
					value: `${value.kind} ${textOf(value.key)}`,
				},
			});
		},
	};
}

function refusal(faults: ReadonlyArray<{ readonly field: string; readonly message: string }>) {
	const told = faults.slice(0, FAULTS_TOLD);
	const more = faults.length - told.length;
	return new InvalidFieldsError(
		more > 0 ? [...told, { field: 'and', message: `${more} more` }] : told,
	);
}
