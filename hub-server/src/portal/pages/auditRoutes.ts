import { Router } from 'express';
import { z } from 'zod';
import type { AuditEntry, ChainVerdict } from '../../audit/auditChain';
import type { PortalContext } from '../show/PortalContext';
import { PAGE_ROWS } from '../show/pageRows';
import { pageTemplate, showPage } from '../show/showPage';
import { requirePermission } from '../show/visitors';

const auditPage = pageTemplate<{
	entries: readonly AuditEntry[];
	olderThan: number | null;
	verdict: ChainVerdict | undefined;
}>('audit');

const Query = z.object({
	before: z.coerce.number().int().positive().optional().catch(undefined),
	check: z.literal('1').optional().catch(undefined),
});

/** `/audit`: who changed what, and when. For owners. */
export function createAuditRoutes({ audit }: Pick<PortalContext, 'audit'>): Router {
	const routes = Router();
	routes.use(['/audit', '/audit.jsonl'], requirePermission('administer'));

	routes.get('/audit', async (request, response) => {
		const { before, check } = Query.parse(request.query);
		const entries = await audit.page({ before, limit: PAGE_ROWS + 1 });
		const shown = entries.slice(0, PAGE_ROWS);
		showPage(
			response,
			auditPage,
			{ title: 'Audit log', tab: 'audit' },
			{
				entries: shown,
				olderThan: entries.length > PAGE_ROWS ? (shown.at(-1)?.seq ?? null) : null,
				verdict: check === '1' ? await audit.verify() : undefined,
			},
		);
	});

	// One JSON object a line, oldest first, and its end as it was sealed: whoever keeps a copy can check it.
	routes.get('/audit.jsonl', async (_request, response) => {
		response.set({
			'Cache-Control': 'no-store',
			'Content-Type': 'application/x-ndjson; charset=utf-8',
			'Content-Disposition': 'attachment; filename="xero-hub-audit.jsonl"',
		});
		for await (const line of audit.exportAll()) {
			const shown = 'at' in line ? { ...line, at: new Date(line.at).toISOString() } : line;
			response.write(`${JSON.stringify(shown)}\n`);
		}
		response.end();
	});
	return routes;
}
