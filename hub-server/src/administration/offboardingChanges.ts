import { ExportFirstError } from '../errors/offboardingErrors';
import { HubError } from '../errors/HubError';
import { InvalidFieldsError, NotFoundError } from '../errors/requestErrors';
import type { Clock } from '../clock';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import type { Workspace, WorkspaceStore } from '../workspaces/workspaceStore';
import type { Disconnect } from '../xero/api/disconnect';
import type { AtXero } from '../xero/api/removeAtXero';
import { connectionName } from '../xero/connections/connectionName';
import type { Connection, ConnectionRows } from '../xero/connections/connectionRows';
import type { GrantVault } from '../xero/grants/grantVault';
import type { Actor } from './Actor';
import type { ExportClient, ExportLine } from './clientExport';
import type { NoteChange } from './noteChange';
import type { Leaving, Offboarding, OffboardingStore } from './offboardingStore';
import type { RemoveWorkspace } from './removeWorkspace';

/** An export counts for so long: what came after it would be lost unseen. */
export const EXPORT_GOOD_MS = 24 * 3600_000;

export interface OffboardingWish {
	/** Null: the whole workspace. */
	readonly tenantId: string | null;
	/** The name of what goes, as it was typed. */
	readonly confirm: string;
	/** Nobody wants an export. */
	readonly withoutExport: boolean;
	/** Go on where Xero cannot be reached: somebody has to disconnect the app there by hand then. */
	readonly leaveAtXero: boolean;
}

/** Where it stands, with what is still there. */
export interface OffboardingStanding {
	readonly leaving: Leaving;
	readonly last: Offboarding | undefined;
	/** Whether an export is there that is good enough. */
	readonly isExported: boolean;
	/** What is connected now. */
	readonly organisations: readonly Connection[];
	/** Workflows that hear of this organisation alone, and of others too; of a workspace all of them. */
	readonly workflows: { readonly ending: number; readonly changed: number };
}

/** Client leaves: export, disconnect, stop, delete, as one action that can be called again. */
export interface OffboardingChanges {
	/** What would happen. @throws NotFoundError */
	look(workspace: Workspace, tenantId: string | null): Promise<OffboardingStanding>;
	/**
	 * Lines of everything that is held. It counts as made when the last was taken and `close` was called.
	 *
	 * @throws NotFoundError before the first line
	 */
	export(
		by: Actor,
		workspace: Workspace,
		tenantId: string | null,
	): Promise<{
		readonly fileName: string;
		readonly lines: AsyncGenerator<ExportLine, void, undefined>;
		made(): Promise<void>;
	}>;
	/**
	 * Disconnects at Xero, ends what workflows wished, and has everything deleted but the audit log. Called again it
	 * goes on where it was; what is over stays over. Two at once are one.
	 *
	 * @throws InvalidFieldsError where another name was typed, ExportFirstError, NotFoundError for what never was
	 * there, and what Xero throws: then nothing is deleted, and the organisation is switched off
	 */
	offboard(by: Actor, slug: string, wish: OffboardingWish): Promise<Offboarding>;
}

export function createOffboardingChanges(deps: {
	readonly workspaces: Pick<WorkspaceStore, 'get'>;
	readonly connections: Pick<ConnectionRows, 'list' | 'findTenant' | 'setEnabled' | 'remove'>;
	readonly subscriptions: Pick<SubscriptionStore, 'list' | 'forgetOrganisation'>;
	readonly vault: Pick<GrantVault, 'removeIfUnused'>;
	readonly offboardings: OffboardingStore;
	readonly disconnect: Disconnect;
	readonly removeWorkspace: RemoveWorkspace;
	readonly exportClient: ExportClient;
	readonly noteChange: NoteChange;
	readonly now: Clock;
}): OffboardingChanges {
	const { workspaces, connections, subscriptions, offboardings, noteChange, now } = deps;
	const underWay = new Map<string, Promise<Offboarding>>();

	/** One of a connection before is over: the client came back. */
	async function lastOf(leaving: Leaving): Promise<Offboarding | undefined> {
		const last = await offboardings.find(leaving.workspaceId, leaving.tenantId);
		return last?.connectionId === leaving.connectionId ? last : undefined;
	}

	async function leavingOf(workspace: Workspace, tenantId: string | null): Promise<Leaving> {
		const { id: workspaceId, slug, name } = workspace;
		if (tenantId === null) return { workspaceId, slug, tenantId, name, connectionId: null };
		const connection = await connections.findTenant(workspaceId, tenantId);
		if (connection !== undefined) {
			const of = { tenantId: connection.tenantId, name: connectionName(connection) };
			return { workspaceId, slug, ...of, connectionId: connection.id };
		}
		const last = await offboardings.find(workspaceId, tenantId.toLowerCase());
		if (last === undefined) throw unknownOrganisation(slug, tenantId);
		return last;
	}

	function isExported(last: Offboarding | undefined): boolean {
		return (last?.exportedAt ?? 0) > now() - EXPORT_GOOD_MS;
	}

	/** At Xero first, then here; one that is gone already is gone. */
	async function disconnect(
		leaving: Leaving & { readonly connectionId: string },
		leaveAtXero: boolean,
	): Promise<AtXero['kind']> {
		const { workspaceId, tenantId, connectionId } = leaving;
		const held = await connections.findTenant(workspaceId, tenantId ?? '');
		if (held === undefined || held.id !== connectionId) return 'gone';
		// Nothing new comes of it from now on, whatever Xero says.
		await connections.setEnabled(workspaceId, connectionId, false);
		try {
			const { kind } = await deps.disconnect(workspaceId, connectionId);
			return kind;
		} catch (cause) {
			if (cause instanceof NotFoundError) return 'gone';
			if (!(cause instanceof HubError) || !leaveAtXero) throw cause;
			await connections.remove(workspaceId, connectionId);
			await deps.vault.removeIfUnused(held.grantId);
			return 'left';
		}
	}

	async function organisation(
		leaving: Leaving & { readonly tenantId: string; readonly connectionId: string },
		leaveAtXero: boolean,
	): Promise<AtXero['kind']> {
		const atXero = await disconnect(leaving, leaveAtXero);
		await offboardings.purgeEverything(leaving.connectionId);
		await subscriptions.forgetOrganisation(leaving.workspaceId, leaving.tenantId);
		return atXero;
	}

	async function wholeWorkspace(by: Actor, leaving: Leaving, leaveAtXero: boolean) {
		const { workspaceId, slug } = leaving;
		let worst: AtXero['kind'] = 'gone';
		for (const connection of await connections.list(workspaceId)) {
			const { id: connectionId, tenantId } = connection;
			const one = { ...leaving, tenantId, name: connectionName(connection), connectionId };
			const atXero = await organisation(one, leaveAtXero);
			if (atXero !== 'gone' && worst !== 'left') worst = atXero;
		}
		await deps.removeWorkspace(unnamed(by), slug);
		return worst;
	}

	async function carryOut(
		by: Actor,
		leaving: Leaving,
		last: Offboarding | undefined,
		wish: OffboardingWish,
	): Promise<Offboarding> {
		const { slug: workspace, name, tenantId, connectionId } = leaving;
		const action = tenantId === null ? 'workspace.offboarded' : 'organisation.offboarded';
		const exportedAt = last?.exportedAt ?? null;
		const exported = exportedAt === null ? 'none' : new Date(exportedAt).toISOString();
		await offboardings.begin(leaving);
		await noteChange(unnamed(by), {
			workspace,
			action: 'offboarding.started',
			detail: { ...(tenantId !== null && { organisation: name }), export: exported },
		});
		let atXero: AtXero['kind'];
		try {
			atXero =
				tenantId === null || connectionId === null
					? await wholeWorkspace(by, leaving, wish.leaveAtXero)
					: await organisation({ ...leaving, tenantId, connectionId }, wish.leaveAtXero);
		} catch (cause) {
			const reason =
				cause instanceof HubError ? cause.message : 'The hub could not do it; its log says why.';
			await offboardings.failed(leaving, reason);
			throw cause;
		}
		await offboardings.finished(leaving, atXero);
		await noteChange(by, {
			workspace,
			action,
			detail: {
				...(tenantId !== null && { organisation: name }),
				...(atXero === 'left' && { atXero: 'still connected' }),
			},
		});
		return (await offboardings.find(leaving.workspaceId, tenantId)) as Offboarding;
	}

	return {
		async look(workspace, tenantId) {
			const leaving = await leavingOf(workspace, tenantId);
			const [last, held, wishes] = await Promise.all([
				lastOf(leaving),
				connections.list(workspace.id),
				subscriptions.list(workspace.id),
			]);
			const about = wishes.filter(
				(wish) => leaving.tenantId === null || wish.tenantIds.includes(leaving.tenantId),
			);
			const ending = about.filter(
				(wish) => leaving.tenantId === null || wish.tenantIds.length === 1,
			).length;
			return {
				leaving,
				last,
				isExported: isExported(last),
				organisations: held.filter(
					(one) => leaving.tenantId === null || one.tenantId === leaving.tenantId,
				),
				workflows: { ending, changed: about.length - ending },
			};
		},

		async export(by, workspace, tenantId) {
			const leaving = await leavingOf(workspace, tenantId);
			return {
				fileName: fileNameOf(leaving, now()),
				lines: deps.exportClient(workspace, leaving.tenantId),
				async made() {
					await offboardings.exported(leaving);
					await noteChange(by, {
						workspace: workspace.slug,
						action: 'client.exported',
						...(leaving.tenantId !== null && { detail: { organisation: leaving.name } }),
					});
				},
			};
		},

		async offboard(by, slug, wish) {
			const workspace = await workspaces.get(slug).catch(async (cause: unknown) => {
				if (!(cause instanceof NotFoundError)) throw cause;
				const over = await offboardings.findBySlug(slug, wish.tenantId);
				if (over === undefined || over.finishedAt === null) throw cause;
				return over;
			});
			if ('finishedAt' in workspace) return workspace;
			const leaving = await leavingOf(workspace, wish.tenantId);
			if (!isSameName(wish.confirm, leaving.name)) {
				const message = `must be the name of what goes, ${leaving.name}`;
				throw new InvalidFieldsError([{ field: 'confirm', message }]);
			}
			const key = `${workspace.id} ${leaving.tenantId ?? ''}`;
			const running = underWay.get(key);
			if (running !== undefined) return running;
			const last = await lastOf(leaving);
			const isOver = last !== undefined && last.finishedAt !== null;
			if (isOver && leaving.tenantId !== null) return last;
			// What was begun goes on: some of it may be gone already.
			const isBegun = last !== undefined && last.startedAt !== null && !isOver;
			if (!wish.withoutExport && !isBegun && !isExported(last)) {
				throw new ExportFirstError(leaving.name);
			}
			const again = underWay.get(key);
			if (again !== undefined) return again;
			const done = carryOut(by, leaving, last, wish);
			underWay.set(key, done);
			try {
				return await done;
			} finally {
				underWay.delete(key);
			}
		},
	};
}

/** For the entries of its steps, each under its own name. */
function unnamed(by: Actor): Actor {
	return { ...by, action: undefined };
}

/** As people type it: blanks around and between words do not count. */
function isSameName(typed: string, name: string): boolean {
	const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim();
	return plain(typed) === plain(name);
}

function fileNameOf({ slug, name, tenantId }: Leaving, now: number): string {
	const words = tenantId === null ? [] : [name.toLowerCase().replace(/[^a-z0-9]+/g, '-')];
	const day = new Date(now).toISOString().slice(0, 10);
	return `${[slug, ...words, day].join('-').replace(/-+/g, '-')}.jsonl.gz`;
}

function unknownOrganisation(slug: string, tenantId: string): NotFoundError {
	return new NotFoundError(`The workspace "${slug}" has no organisation "${tenantId}".`);
}
