import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { SubscriptionView } from '../../../protocol';
import { HubError } from '../../errors/HubError';
import { deliveryTarget, type DeliveryTarget } from '../views/deliveryTarget';
import type { TestDeliveryResult } from '../../relay/sendTestDelivery';
import { askFirst, isConfirmed } from '../show/askFirst';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import type { WorkspacePages } from './workspacePages';

interface WorkflowRow extends SubscriptionView {
	/** What waits for it, counted to a bound. */
	readonly waiting: string;
	readonly target: DeliveryTarget;
	/** Other subscriptions that could take its queue. */
	readonly others: readonly { readonly id: string; readonly name: string }[];
}

const workflowsPage = pageTemplate<{
	at: string;
	/** Where the deliveries of one stand. */
	deliveries: string;
	workflows: readonly WorkflowRow[];
	tested: { readonly name: string; readonly result: TestDeliveryResult } | undefined;
}>('workflows');
const movePage = pageTemplate<{ at: string; workflow: SubscriptionView; form: FormState }>(
	'moveWorkflow',
);

/** Checkboxes come only when they are ticked. */
const Move = z.object({
	to: z.url({ protocol: /^https?$/, error: 'give an address such as https://n8n.example.com' }),
	ofInstance: z.literal('yes').optional(),
});

const Adopt = z.object({ by: z.string().min(1) });

type WorkflowPagesDeps = Pick<
	WorkspacePages,
	'subscriptions' | 'subscriptionChanges' | 'deliveries' | 'sendTestDelivery'
>;

/** `/w/{slug}/workflows`: which triggers there are, and what to do when one is not where it was. */
export function createWorkflowPages(pages: WorkflowPagesDeps): Router {
	const { subscriptions, subscriptionChanges, deliveries } = pages;
	const routes = Router();
	const changing = requirePermission('connect');

	async function showMove(response: Response, id: string, form: FormState, status = 200) {
		const workspace = pageWorkspace(response);
		const workflow = await subscriptions.get(workspace.id, id);
		const frame = { title: 'n8n has a new address', tab: 'workflows', workspace, status };
		showPage(response, movePage, frame, { at: pathOf(response), workflow, form });
	}

	async function showWorkflows(
		response: Response,
		tested?: { readonly name: string; readonly result: TestDeliveryResult },
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const all = (await subscriptions.list(workspace.id)).filter(
			({ mode }) => mode === 'production',
		);
		const waiting = await deliveries.waitingFor(all.map(({ id }) => id));
		showPage(
			response,
			workflowsPage,
			{ title: 'Workflows', tab: 'workflows', workspace },
			{
				at: pathOf(response),
				deliveries: `/w/${workspace.slug}/deliveries`,
				tested,
				workflows: all.map((one) => ({
					...one,
					waiting: waiting.get(one.id) ?? '0',
					target: deliveryTarget(one),
					others: all
						.filter(({ id, status }) => id !== one.id && status === 'active')
						.map((other) => ({ id: other.id, name: deliveryTarget(other).name })),
				})),
			},
		);
	}

	routes.get('/workflows', (_request, response) => showWorkflows(response));

	routes.post('/workflows/:id/test', changing, async (request, response) => {
		const workspace = pageWorkspace(response);
		const workflow = await subscriptions.get(workspace.id, String(request.params.id));
		const result = await pages.sendTestDelivery(workspace, workflow);
		return showWorkflows(response, { name: deliveryTarget(workflow).name, result });
	});

	routes.get('/workflows/:id/move', changing, async (request, response) => {
		const id = String(request.params.id);
		const { delivery } = await subscriptions.get(pageWorkspace(response).id, id);
		// It has no address: whoever came by an old link is back where that stands.
		if (delivery === 'pull') return response.redirect(303, pathOf(response));
		return showMove(response, id, EMPTY_FORM);
	});

	routes.post('/workflows/:id/move', changing, async (request, response) => {
		const id = String(request.params.id);
		const read = readForm(request, Move);
		if (!read.ok) return showMove(response, id, read.form, 422);
		const { to, ofInstance } = read.value;
		try {
			const wish = { to, ofInstance: ofInstance === 'yes' };
			await subscriptionChanges.move(actorOf(response), pageWorkspace(response), id, wish);
		} catch (cause) {
			if (!(cause instanceof HubError) || cause.status >= 500) throw cause;
			return showMove(response, id, { values: { to }, errors: { to: cause.message } }, 422);
		}
		return response.redirect(303, `${pathOf(response)}?done=workflow_moved`);
	});

	routes.post('/workflows/:id/adopt', changing, async (request, response) => {
		const id = String(request.params.id);
		const { by } = Adopt.parse(request.body);
		if (!isConfirmed(request)) {
			const target = await subscriptions.get(pageWorkspace(response).id, by);
			return ask(request, response, {
				title: 'Adopt this queue?',
				consequence: `What waits goes to ${deliveryTarget(target).name}, and this entry is gone.`,
				yes: 'Adopt this queue',
			});
		}
		await subscriptionChanges.move(actorOf(response), pageWorkspace(response), id, { to: by });
		return response.redirect(303, `${pathOf(response)}?done=queue_adopted`);
	});

	routes.post('/workflows/:id/discard', changing, async (request, response) => {
		if (!isConfirmed(request)) {
			return ask(request, response, {
				title: 'Discard this queue?',
				consequence:
					'What waits is not sent. The events stay, so that you can send the time range again later.',
				yes: 'Discard',
			});
		}
		const id = String(request.params.id);
		await subscriptionChanges.discard(actorOf(response), pageWorkspace(response), id);
		return response.redirect(303, `${pathOf(response)}?done=queue_discarded`);
	});
	return routes;
}

function ask(
	request: Request,
	response: Response,
	question: { readonly title: string; readonly consequence: string; readonly yes: string },
): void {
	const { by } = request.body as { readonly by?: unknown };
	askFirst(
		response,
		{ tab: 'workflows', workspace: pageWorkspace(response) },
		{
			...question,
			back: pathOf(response),
			fields: typeof by === 'string' ? { by } : {},
		},
	);
}

function pathOf(response: Response): string {
	return `/w/${pageWorkspace(response).slug}/workflows`;
}
