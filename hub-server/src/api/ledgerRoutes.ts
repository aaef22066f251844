import { Router } from 'express';
import { z } from 'zod';
import type { AlertLedger } from '../alerts/alertLedger';
import type { EventReader } from '../events/eventReader';
import type { DeliveryReader } from '../relay/deliveryReader';
import type { ReplayLedger } from '../relay/replayLedger';
import { workspaceOf } from '../http/authenticate';
import { parseRequest } from '../http/parseRequest';

export const Page = z.object({
	cursor: z.string().max(100).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const DeliveryPage = Page.extend({
	status: z.enum(['waiting', 'pending', 'delivered', 'dead', 'filtered', 'cancelled']).optional(),
});

const when = z.iso
	.datetime({ offset: true, error: 'must be a time such as 2026-01-31T09:00:00Z' })
	.transform((text) => Date.parse(text));

export const Replay = z
	.object({
		since: when,
		until: when,
		filter: z
			.object({
				status: z.enum(['dead', 'delivered', 'cancelled']).optional(),
				subscriptionId: z.string().optional(),
				tenantId: z.string().optional(),
			})
			.default({}),
	})
	.refine(({ since, until }) => since < until, 'until must be later than since');

/** `/api/v1/events`, `/deliveries`, `/replays`, `/alerts`: what happened, and again. */
export function createLedgerRoutes(deps: {
	readonly events: Pick<EventReader, 'events'>;
	readonly deliveries: Pick<DeliveryReader, 'deliveries' | 'delivery'>;
	readonly replays: ReplayLedger;
	readonly alerts: Pick<AlertLedger, 'listOpen'>;
	/** Resolves once everything that Xero was answered for is in the ledger. */
	settled(): Promise<void>;
}): Router {
	const routes = Router();
	routes.use(async (_request, _response, next) => {
		await deps.settled();
		next();
	});

	routes.get('/events', async (request, response) => {
		const page = parseRequest(Page, request.query);
		response.json(await deps.events.events(workspaceOf(response).id, page));
	});
	routes.get('/deliveries', async (request, response) => {
		const page = parseRequest(DeliveryPage, request.query);
		response.json(await deps.deliveries.deliveries(workspaceOf(response).id, page));
	});
	routes.get('/deliveries/:id', async (request, response) => {
		response.json(await deps.deliveries.delivery(workspaceOf(response).id, request.params.id));
	});
	routes.post('/deliveries/:id/replay', async (request, response) => {
		const replay = await deps.replays.replayDelivery(workspaceOf(response).id, request.params.id);
		response.status(202).json(replay);
	});
	routes.post('/replays', async (request, response) => {
		const { since, until, filter } = parseRequest(Replay, request.body);
		const range = { since, until, ...filter };
		const replayed = await deps.replays.replayRange(workspaceOf(response).id, range);
		response.status(202).json(replayed);
	});
	routes.get('/alerts', async (_request, response) => {
		const items = await deps.alerts.listOpen(workspaceOf(response).id);
		response.json({ items, nextCursor: null });
	});
	return routes;
}
