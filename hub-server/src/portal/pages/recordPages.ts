import { Router } from 'express';
import { z } from 'zod';
import { NotFoundError } from '../../errors/requestErrors';
import type { Column } from '../records/RecordKind';
import { xeroLink } from '../../records/xeroLink';
import { RECORD_KINDS } from '../records/recordKinds';
import { createReadRecordPage, type RecordPage } from '../records/readRecordPage';
import { pageTemplate, showPage } from '../show/showPage';
import { pageWorkspace } from '../show/visit';
import { findRecordPages } from '../views/recordPages';
import type { WorkspacePages } from './workspacePages';

const recordsPage = pageTemplate<{
	at: string;
	kinds: readonly { name: string; title: string }[];
	kind: {
		name: string;
		title: string;
		columns: readonly Column[];
		searches: string;
		empty: string;
	};
	organisations: readonly { tenantId: string; name: string }[];
	tenantId: string | undefined;
	search: string;
	page: number;
	result: RecordPage | undefined;
	/** Of each row: its page here where the hub has read it, and its page in Xero. */
	links: readonly { readonly page: string | undefined; readonly xeroUrl: string | undefined }[];
}>('records');

const Query = z.object({
	org: z.string().max(50).optional().catch(undefined),
	q: z.string().trim().max(100).catch('').default(''),
	page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
});

/** `/w/{slug}/records/{kind}`: the books as Xero shows them now. */
export function createRecordPages(pages: WorkspacePages): Router {
	const { connections, knownRecords, api } = pages;
	const readPage = createReadRecordPage(api);
	const routes = Router();

	routes.get('/records/:kind', async (request, response) => {
		const workspace = pageWorkspace(response);
		const kind = RECORD_KINDS.find(({ name }) => name === request.params.kind);
		if (kind === undefined) throw new NotFoundError('There are no such records.');
		const { org, q, page } = Query.parse(request.query);

		const usable = (await connections.list(workspace.id)).filter(({ enabled }) => enabled);
		const chosen = usable.find(({ tenantId }) => tenantId === org) ?? usable[0];
		const result = chosen && (await readPage(chosen, kind, { search: q, page }));
		const ids = result?.kind === 'found' ? result.found.ids : [];
		const named = ids.map((id) => ({
			...{ tenantId: chosen?.tenantId ?? null, entity: kind.entity, xeroId: id ?? null },
		}));
		const pageOf = await findRecordPages(knownRecords, workspace, named);
		showPage(
			response,
			recordsPage,
			{ title: kind.title, tab: 'records', workspace },
			{
				at: `/w/${workspace.slug}`,
				kinds: RECORD_KINDS,
				kind,
				organisations: usable.map(({ tenantId, tenantName }) => ({
					tenantId,
					name: tenantName ?? tenantId,
				})),
				tenantId: chosen?.tenantId,
				search: q,
				page,
				result,
				links: named.map((one) => ({
					page: pageOf(one),
					xeroUrl:
						one.xeroId === null
							? undefined
							: xeroLink(kind.entity, one.xeroId, {
									Type: kind.entity === 'invoice' ? 'ACCREC' : '',
								}),
				})),
			},
		);
	});
	return routes;
}
