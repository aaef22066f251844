import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Response } from 'express';
import { z } from 'zod';
import type { BoundedCount } from '../../events/eventReader';
import type { RecordSummary } from '../../records/recordSummary';
import type { AttemptView, DeliveryFilter, DeliveryView } from '../../relay/deliveryReader';
import type { Replay } from '../../relay/replayLedger';
import { createStillSees } from '../access/stillSees';
import { jsonTree } from '../show/jsonTree';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { PAGE_ROWS } from '../show/pageRows';
import { pageTemplate, PAGE_HEADERS, showPage } from '../show/showPage';
import { actorOf, pageWorkspace, visitOf } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { deliveriesCsv } from '../views/deliveriesCsv';
import { deliveryTarget, statusFor, type DeliveryTarget } from '../views/deliveryTarget';
import { eventWords } from '../views/eventWords';
import { organisationNames } from '../views/organisationNames';
import { EventQuery, filterView, toEventFilter, type FilterView } from './eventFilter';
import type { WorkspacePages } from './workspacePages';

/** What people tell deliveries apart by, and what the ledger calls them. */
const SHOWN = {
	delivered: ['Succeeded', ['delivered']],
	dead: ['Failed', ['dead']],
	open: ['Pending', ['pending', 'waiting']],
	filtered: ['Not sent', ['filtered']],
	cancelled: ['Cancelled', ['cancelled']],
} as const satisfies Record<string, readonly [string, DeliveryFilter['statuses']]>;

type Shown = keyof typeof SHOWN;

interface DeliveryRow extends DeliveryView {
	readonly what: string;
	readonly target: DeliveryTarget;
	readonly organisation: string;
	readonly shownStatus: ReturnType<typeof statusFor>;
	readonly summary: RecordSummary | undefined;
}

interface DeliveryList {
	readonly rows: readonly DeliveryRow[];
	readonly count: BoundedCount;
	readonly segments: ReadonlyArray<readonly [name: string, label: string]>;
	readonly status: Shown | undefined;
	readonly workflow: string;
	readonly workflows: ReadonlyArray<readonly [id: string, name: string]>;
	readonly filter: FilterView;
	/** The filter's, without the status. */
	readonly otherQuery: string;
	readonly nextCursor: string | null;
	readonly isFirstPage: boolean;
}

interface DeliveryDetail {
	readonly delivery: DeliveryView & { readonly attempts: AttemptView[] };
	readonly what: string;
	readonly summary: RecordSummary | undefined;
	readonly target: DeliveryTarget;
	readonly shownStatus: ReturnType<typeof statusFor>;
	readonly organisation: string;
	/** What the workflow gets, as HTML; undefined when its subscription is gone. */
	readonly body: string | undefined;
}

const deliveriesPage = pageTemplate<{
	at: string;
	list: DeliveryList;
	/** Shown beside the list where there is room; undefined where the list is empty. */
	selected: DeliveryDetail | undefined;
	replays: readonly Replay[];
	form: FormState;
	replayed: number | undefined;
}>('deliveries');

const deliveryPage = pageTemplate<{ at: string; selected: DeliveryDetail }>('delivery');

const Filter = EventQuery.extend({
	status: z
		.enum(['delivered', 'dead', 'open', 'filtered', 'cancelled'])
		.optional()
		.catch(undefined),
	/** Id of the subscription. */
	workflow: z.string().max(100).catch('').default(''),
});

const HOURS = { hour: 1, day: 24, week: 7 * 24, month: 31 * 24 } as const;

const Replays = z.object({
	status: z.enum(['undelivered', 'dead', 'all'], { error: 'choose what goes out again' }),
	since: z.enum(['hour', 'day', 'week', 'month'], { error: 'choose how far back' }),
});

const REPLAYS_SHOWN = 3;

type DeliveryPagesDeps = Pick<
	WorkspacePages,
	| 'events'
	| 'deliveries'
	| 'connections'
	| 'subscriptions'
	| 'deliveryReplays'
	| 'summariseEvents'
	| 'sessions'
	| 'users'
	| 'workspaces'
	| 'now'
>;

/** `/w/{slug}/deliveries…`: what went to which workflow, and again. */
export function createDeliveryPages(pages: DeliveryPagesDeps): Router {
	const { connections, subscriptions, deliveryReplays, summariseEvents, now } = pages;
	const routes = Router();
	const mayReplay = requirePermission('connect');
	const stillSees = createStillSees(pages);

	const narrowed = (chosen: z.output<typeof Filter>): DeliveryFilter => ({
		...toEventFilter(chosen, now()),
		statuses: chosen.status && SHOWN[chosen.status][1],
		subscriptionId: chosen.workflow || undefined,
	});

	async function listOf(response: Response): Promise<DeliveryList> {
		const { id } = pageWorkspace(response);
		const chosen = Filter.parse(response.req.query);
		const { cursor, status, workflow } = chosen;
		const wanted = narrowed(chosen);
		const [page, count, wishes, nameOf] = await Promise.all([
			pages.deliveries.deliveries(id, {
				...{ ...wanted, cursor, limit: PAGE_ROWS, oldestFirst: chosen.sort === 'oldest' },
			}),
			pages.deliveries.count(id, wanted),
			subscriptions.list(id),
			organisationNames(connections, id),
		]);
		const wishesById = new Map(wishes.map((wish) => [wish.id, wish]));
		const nameOfWorkflow = (one: string) => deliveryTarget(wishesById.get(one)).name;
		const byWorkflow =
			workflow === ''
				? []
				: [{ name: 'workflow', value: workflow, words: nameOfWorkflow(workflow) }];
		const byStatus = status && { name: 'status', value: status, words: SHOWN[status][0] };
		const [filter, other, events] = await Promise.all([
			filterView(pages, id, chosen, [...(byStatus ? [byStatus] : []), ...byWorkflow]),
			filterView(pages, id, chosen, byWorkflow),
			pages.events.eventsById(
				id,
				page.items.map(({ eventId }) => eventId),
			),
		]);
		const { summaries } = await summariseEvents(id, [...events.values()], { asksXero: false });
		return {
			rows: page.items.map((delivery) => {
				const event = events.get(delivery.eventId);
				const target = deliveryTarget(wishesById.get(delivery.subscriptionId));
				return {
					...delivery,
					what: event === undefined ? '–' : eventWords(event),
					target,
					shownStatus: statusFor(target, delivery),
					organisation: event === undefined ? '–' : nameOf(event.tenantId),
					summary: event && summaries.get(event.id),
				};
			}),
			...{ count, status, workflow, filter, otherQuery: other.query },
			segments: Object.entries(SHOWN).map(([name, [label]]) => [name, label]),
			workflows: [...new Set([...wishesById.keys(), ...(workflow ? [workflow] : [])])].map(
				(one) => [one, nameOfWorkflow(one)],
			),
			nextCursor: page.nextCursor,
			isFirstPage: cursor === undefined,
		};
	}

	async function detailOf(response: Response, deliveryId: string): Promise<DeliveryDetail> {
		const { id } = pageWorkspace(response);
		const delivery = await pages.deliveries.delivery(id, deliveryId);
		const [event, nameOf, wishes, body] = await Promise.all([
			pages.events.event(id, delivery.eventId),
			organisationNames(connections, id),
			subscriptions.list(id),
			pages.deliveries.body(id, delivery.id),
		]);
		const target = deliveryTarget(wishes.find((one) => one.id === delivery.subscriptionId));
		const { summaries } = await summariseEvents(id, [event], { asksXero: false });
		return {
			...{ delivery, target, what: eventWords(event) },
			summary: summaries.get(event.id),
			shownStatus: statusFor(target, delivery),
			organisation: nameOf(event.tenantId),
			body: body && jsonTree(body),
		};
	}

	async function showDeliveries(
		response: Response,
		form: FormState,
		more: { status?: number; replayed?: number } = {},
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const { status = 200, replayed } = more;
		const [list, replays] = await Promise.all([
			listOf(response),
			deliveryReplays.recent(workspace, REPLAYS_SHOWN),
		]);
		const [first] = list.rows;
		showPage(
			response,
			deliveriesPage,
			{ ...{ title: 'Deliveries', tab: 'deliveries' }, workspace, status },
			{
				at: `/w/${workspace.slug}`,
				list,
				selected: first && (await detailOf(response, first.id)),
				...{ replays, form, replayed },
			},
		);
	}

	routes.get('/deliveries', (_request, response) => showDeliveries(response, EMPTY_FORM));

	routes.get('/deliveries.csv', async (request, response) => {
		const { id } = pageWorkspace(response);
		const chosen = Filter.parse(request.query);
		const [nameOf, wishes] = await Promise.all([
			organisationNames(connections, id),
			subscriptions.list(id),
		]);
		const { cookie } = visitOf(response);
		const byId = new Map(wishes.map((wish) => [wish.id, wish]));
		const lines = deliveriesCsv(pages, id, {
			...{ filter: narrowed(chosen), oldestFirst: chosen.sort === 'oldest', nameOf },
			targetOf: (one) => deliveryTarget(byId.get(one)).name,
			maySee: () => stillSees(cookie, id),
		});
		response.set(PAGE_HEADERS).type('text/csv').attachment('deliveries.csv');
		await pipeline(Readable.from(lines), response);
	});

	routes.post('/deliveries/replay', mayReplay, async (request, response) => {
		const workspace = pageWorkspace(response);
		const read = readForm(request, Replays);
		if (!read.ok) return showDeliveries(response, read.form, { status: 422 });
		const { status, since } = read.value;
		const until = now();
		const range = {
			since: until - HOURS[since] * 3600_000,
			until,
			status: status === 'all' ? undefined : status,
		};
		const said = { since };
		const { deliveries } = await deliveryReplays.range(actorOf(response), workspace, range, said);
		return showDeliveries(response, EMPTY_FORM, { replayed: deliveries });
	});

	routes.post('/deliveries/replays/:id/cancel', mayReplay, async (request, response) => {
		const workspace = pageWorkspace(response);
		await deliveryReplays.cancel(actorOf(response), workspace, String(request.params['id']));
		response.redirect(303, `/w/${workspace.slug}/deliveries?done=replay_cancelled`);
	});

	routes.get('/deliveries/:id', async (request, response) => {
		const workspace = pageWorkspace(response);
		const selected = await detailOf(response, request.params.id);
		const frame = { title: 'Delivery', tab: 'deliveries', workspace };
		showPage(response, deliveryPage, frame, { at: `/w/${workspace.slug}`, selected });
	});

	routes.post('/deliveries/:id/replay', mayReplay, async (request, response) => {
		const workspace = pageWorkspace(response);
		const old = String(request.params['id']);
		const { id } = await deliveryReplays.one(actorOf(response), workspace, old);
		response.redirect(303, `/w/${workspace.slug}/deliveries/${id}?done=replayed`);
	});
	return routes;
}
