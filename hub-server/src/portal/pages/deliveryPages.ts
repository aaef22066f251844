import { Router, type Response } from 'express';
import { z } from 'zod';
import type { AttemptView, DeliveryView } from '../../relay/deliveryReader';
import { deliveryTarget, statusFor, type DeliveryTarget } from '../views/deliveryTarget';
import { organisationNames } from '../views/organisationNames';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { prettyJson } from '../show/prettyJson';
import { recordLabel } from '../../records/recordLabel';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { EventQuery, filterView, toEventFilter, type FilterView } from './eventFilter';
import { PAGE_ROWS } from '../show/pageRows';
import type { WorkspacePages } from './workspacePages';

const STATUSES = ['waiting', 'pending', 'delivered', 'dead', 'filtered', 'cancelled'] as const;

interface DeliveryNames {
	readonly what: string;
	readonly target: DeliveryTarget;
	readonly organisation: string;
	readonly shownStatus: ReturnType<typeof statusFor>;
	/** Of the record, where it was read. */
	readonly label: string | undefined;
}

const deliveriesPage = pageTemplate<{
	at: string;
	statuses: readonly string[];
	status: string | undefined;
	deliveries: readonly (DeliveryView & DeliveryNames)[];
	filter: FilterView;
	nextCursor: string | null;
	form: FormState;
	replayed: number | undefined;
}>('deliveries');

const deliveryPage = pageTemplate<{
	at: string;
	delivery: DeliveryView & { readonly attempts: AttemptView[] };
	what: string;
	target: DeliveryTarget;
	shownStatus: ReturnType<typeof statusFor>;
	organisation: string;
	/** What the workflow gets; undefined when its subscription is gone. */
	body: string | undefined;
}>('delivery');

const Filter = EventQuery.extend({ status: z.enum(STATUSES).optional().catch(undefined) });

const HOURS = { hour: 1, day: 24, week: 7 * 24, month: 31 * 24 } as const;

const Replay = z.object({
	status: z.enum(['undelivered', 'dead', 'all'], { error: 'choose what goes out again' }),
	since: z.enum(['hour', 'day', 'week', 'month'], { error: 'choose how far back' }),
});

type DeliveryPagesDeps = Pick<
	WorkspacePages,
	'events' | 'deliveries' | 'connections' | 'subscriptions' | 'deliveryReplays' | 'now'
>;

/** `/w/{slug}/deliveries…`: what went to which workflow, and again. */
export function createDeliveryPages(pages: DeliveryPagesDeps): Router {
	const { connections, subscriptions, deliveryReplays, now } = pages;
	const routes = Router();
	const mayReplay = requirePermission('connect');

	async function showList(
		response: Response,
		form: FormState,
		more: { status?: number; replayed?: number } = {},
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const { cursor, status, ...chosen } = Filter.parse(response.req.query);
		const [page, wishes, nameOf, filter] = await Promise.all([
			pages.deliveries.deliveries(workspace.id, {
				cursor,
				status,
				limit: PAGE_ROWS,
				...toEventFilter(chosen, now()),
			}),
			subscriptions.list(workspace.id),
			organisationNames(connections, workspace.id),
			filterView(pages, workspace.id, chosen),
		]);
		const wishesById = new Map(wishes.map((wish) => [wish.id, wish]));
		const events = await pages.events.eventsById(
			workspace.id,
			page.items.map(({ eventId }) => eventId),
		);
		const frame = { title: 'Deliveries', tab: 'deliveries', workspace, status: more.status ?? 200 };
		showPage(response, deliveriesPage, frame, {
			at: `/w/${workspace.slug}`,
			statuses: STATUSES,
			status,
			deliveries: page.items.map((delivery) => {
				const event = events.get(delivery.eventId);
				const target = deliveryTarget(wishesById.get(delivery.subscriptionId));
				return {
					...delivery,
					what: event === undefined ? '–' : `${event.category} ${event.change}`,
					target,
					shownStatus: statusFor(target, delivery),
					organisation: event === undefined ? '–' : nameOf(event.tenantId),
					label: recordLabel(event?.record),
				};
			}),
			nextCursor: page.nextCursor,
			filter,
			form,
			replayed: more.replayed,
		});
	}

	routes.get('/deliveries', (_request, response) => showList(response, EMPTY_FORM));

	routes.post('/deliveries/replay', mayReplay, async (request, response) => {
		const workspace = pageWorkspace(response);
		const read = readForm(request, Replay);
		if (!read.ok) return showList(response, read.form, { status: 422 });
		const { status, since } = read.value;
		const until = now();
		const range = {
			since: until - HOURS[since] * 3600_000,
			until,
			status: status === 'all' ? undefined : status,
		};
		const said = { since };
		const { deliveries } = await deliveryReplays.range(actorOf(response), workspace, range, said);
		return showList(response, EMPTY_FORM, { replayed: deliveries });
	});

	routes.get('/deliveries/:id', async (request, response) => {
		const workspace = pageWorkspace(response);
		const delivery = await pages.deliveries.delivery(workspace.id, request.params.id);
		const [event, nameOf, wishes, body] = await Promise.all([
			pages.events.event(workspace.id, delivery.eventId),
			organisationNames(connections, workspace.id),
			subscriptions.list(workspace.id),
			pages.deliveries.body(workspace.id, delivery.id),
		]);
		const target = deliveryTarget(wishes.find(({ id }) => id === delivery.subscriptionId));
		showPage(
			response,
			deliveryPage,
			{ title: 'Delivery', tab: 'deliveries', workspace },
			{
				at: `/w/${workspace.slug}`,
				delivery,
				what: `${event.category} ${event.change}`,
				target,
				shownStatus: statusFor(target, delivery),
				organisation: nameOf(event.tenantId),
				body: body && prettyJson(body),
			},
		);
	});

	routes.post('/deliveries/:id/replay', mayReplay, async (request, response) => {
		const workspace = pageWorkspace(response);
		const old = String(request.params['id']);
		const { id } = await deliveryReplays.one(actorOf(response), workspace, old);
		response.redirect(303, `/w/${workspace.slug}/deliveries/${id}?done=replayed`);
	});
	return routes;
}
