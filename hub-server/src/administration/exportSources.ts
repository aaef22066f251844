import type { Page } from '../database/page';
import type { LinkStore } from '../links/LinkStore';
import type { MappingStore } from '../mapping/mappingStore';
import type { UnmappedValues } from '../mapping/unmappedValues';
import type { PushStore } from '../push/PushStore';
import type { WriteReader } from '../writes/writeReader';
import type { ExportSource } from './clientExport';

const PAGE = 200;

/** What an organisation agreed with other systems, and what was written for it. */
export function createExportSources(deps: {
	readonly links: Pick<LinkStore, 'list'>;
	readonly mappings: Pick<MappingStore, 'list'>;
	readonly unmapped: Pick<UnmappedValues, 'list'>;
	readonly pushes: Pick<PushStore, 'list' | 'items' | 'item'>;
	readonly writes: Pick<WriteReader, 'list'>;
}): readonly ExportSource[] {
	const { links, mappings, unmapped, pushes, writes } = deps;
	return [
		{
			kind: 'link',
			// With those of no organisation yet, where it is a whole workspace.
			page: async (workspaceId, tenantId, after) =>
				ofPage(await links.list(workspaceId, { tenantId }, pageAfter(after))),
		},
		ofOrganisation('mapping', async (workspaceId, tenantId, page) =>
			mappings.list({ workspaceId, tenantId }, {}, page),
		),
		ofOrganisation('unmapped', async (workspaceId, tenantId, page) =>
			unmapped.list({ workspaceId, tenantId }, {}, page),
		),
		ofOrganisation('push', async (workspaceId, tenantId, page) =>
			pushes.list(workspaceId, { tenantId }, page),
		),
		pushedRecords(pushes),
		ofOrganisation('write', async (workspaceId, tenantId, page) =>
			writes.list(workspaceId, { tenantId }, page),
		),
	];
}

function ofOrganisation(
	kind: string,
	list: (
		workspaceId: string,
		tenantId: string,
		page: { readonly cursor: string | undefined; readonly limit: number },
	) => Promise<Page<object>>,
): ExportSource {
	return {
		kind,
		async page(workspaceId, tenantId, after) {
			if (tenantId === null) return { items: [], next: undefined };
			return ofPage(await list(workspaceId, tenantId, pageAfter(after)));
		},
	};
}

/** What was asked for and what became of it, record by record. */
function pushedRecords(pushes: Pick<PushStore, 'list' | 'items' | 'item'>): ExportSource {
	return {
		kind: 'pushed_record',
		async page(workspaceId, tenantId, after) {
			if (tenantId === null) return { items: [], next: undefined };
			const at = (after ?? {}) as { push?: string; then?: string | null; items?: string };
			const push = at.push ?? (await firstPush(pushes, workspaceId, tenantId, undefined));
			if (push === undefined) return { items: [], next: undefined };
			const id = typeof push === 'string' ? push : push.id;
			const then = typeof push === 'string' ? (at.then ?? null) : push.nextCursor;
			const page = await pushes.items(workspaceId, id, {}, pageAfter(at.items));
			const items = await Promise.all(
				page.items.map(async ({ externalId }) => ({
					pushId: id,
					...(await pushes.item(workspaceId, id, externalId)),
				})),
			);
			if (page.nextCursor !== null) {
				return { items, next: { push: id, then, items: page.nextCursor } };
			}
			if (then === null) return { items, next: undefined };
			const next = await firstPush(pushes, workspaceId, tenantId, then);
			return { items, next: next && { push: next.id, then: next.nextCursor } };
		},
	};
}

async function firstPush(
	pushes: Pick<PushStore, 'list'>,
	workspaceId: string,
	tenantId: string,
	cursor: string | undefined,
): Promise<{ readonly id: string; readonly nextCursor: string | null } | undefined> {
	const { items, nextCursor } = await pushes.list(workspaceId, { tenantId }, { cursor, limit: 1 });
	return items[0] && { id: items[0].id, nextCursor };
}

function pageAfter(after: unknown) {
	return { cursor: after as string | undefined, limit: PAGE };
}

function ofPage({ items, nextCursor }: Page<object>) {
	return { items, next: nextCursor ?? undefined };
}
