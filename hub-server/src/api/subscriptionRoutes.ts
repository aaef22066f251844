import { Router } from 'express';
import { z } from 'zod';
import { isSubscribable } from '../../protocol';
import type { SendTestDelivery } from '../relay/sendTestDelivery';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import { workspaceOf } from '../http/authenticate';
import { parseRequest } from '../http/parseRequest';

export const NewSubscription = z.object({
	url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2_000),
	events: z
		.array(
			z
				.string()
				.refine(
					isSubscribable,
					'is no event type: use <entity>.created, <entity>.updated, * or raw',
				),
		)
		.min(1, 'name at least one event type')
		.max(100),
	tenantIds: z.array(z.guid('must be the id of an organisation')).max(1_000).optional(),
	hydrate: z.boolean().optional(),
});

export interface SubscriptionRoutesDeps {
	readonly subscriptions: SubscriptionStore;
	/** @throws HubError when deliveries may not go to the URL */
	checkTarget(workspaceId: string, url: string): Promise<void>;
	readonly sendTestDelivery: SendTestDelivery;
}

/** `/api/v1/subscriptions…`: a workflow says what it wants and where. */
export function createSubscriptionRoutes(deps: SubscriptionRoutesDeps): Router {
	const { subscriptions } = deps;
	const routes = Router();

	routes.post('/', async (request, response) => {
		const workspace = workspaceOf(response);
		const wish = parseRequest(NewSubscription, request.body);
		await deps.checkTarget(workspace.id, wish.url);
		const { isNew, subscription } = await subscriptions.subscribe(workspace.id, {
			url: wish.url,
			events: wish.events,
			tenantIds: wish.tenantIds ?? [],
			hydrate: wish.hydrate ?? false,
		});
		response
			.status(isNew ? 201 : 200)
			.set('Cache-Control', 'no-store')
			.json(subscription);
	});
	routes.get('/', async (_request, response) => {
		response.json({ items: await subscriptions.list(workspaceOf(response).id), nextCursor: null });
	});
	routes.get('/:id', async (request, response) => {
		response.json(await subscriptions.get(workspaceOf(response).id, request.params.id));
	});
	routes.delete('/:id', async (request, response) => {
		await subscriptions.unsubscribe(workspaceOf(response).id, request.params.id);
		response.status(204).end();
	});
	routes.post('/:id/rotate-secret', async (request, response) => {
		const rotated = await subscriptions.rotateSecret(workspaceOf(response).id, request.params.id);
		response.set('Cache-Control', 'no-store').json(rotated);
	});
	routes.post('/:id/test', async (request, response) => {
		const workspace = workspaceOf(response);
		const subscription = await subscriptions.get(workspace.id, request.params.id);
		response.json(await deps.sendTestDelivery(workspace, subscription));
	});
	return routes;
}
