import type {
	PulledPage,
	SubscriptionCreated,
	SubscriptionRequest,
} from '../../hub-server/protocol';
import { explainReply } from '../Xero/errors/explainReply';
import { refuse, refuseInput, success, type Outcome } from '../Xero/errors/failure';
import type { AnsweredReply, XeroReply } from '../Xero/messages/XeroReply';
import { exchange } from '../Xero/transport/exchange';
import { hubRequest, type HubCall } from '../Xero/transport/hubRequest';
import { HUB_CREDENTIAL } from '../Xero/transport/hubTransport';
import type { RequestContext } from '../Xero/transport/RequestContext';

/** Which subscription is pulled from. */
export interface HeldSubscription {
	readonly id: string;
	/** Its name, which tells a copy of the trigger from the original. */
	readonly url: string;
	readonly generation: number;
}

/** `gone`: the hub does not know it any more, has parked it, or somebody else has asked for it since. */
export type OrGone<T> = T | 'gone';

/** What the hub's API has for a trigger that asks for its deliveries. */
export interface HubDeliveries {
	/** Idempotent by the trigger's key. */
	subscribe(
		wish: Omit<SubscriptionRequest, 'delivery'>,
	): Promise<Outcome<Pick<SubscriptionCreated, 'id' | 'url' | 'generation' | 'pulledAt'>>>;
	pull(held: HeldSubscription): Promise<Outcome<OrGone<PulledPage>>>;
	acknowledge(
		held: Pick<HeldSubscription, 'id'>,
		page: Pick<PulledPage, 'items' | 'leaseId'>,
	): Promise<Outcome<OrGone<'done'>>>;
	/** Parks it with what waits. One that somebody else has by now stays as it is. */
	remove(held: HeldSubscription): Promise<Outcome<OrGone<'done'>>>;
	/** JSON of any other call that reads; `undefined` where there is nothing. */
	read(path: string, query?: HubCall['query']): Promise<Outcome<unknown>>;
}

/** The first version that can be pulled from. */
const HUB_NEEDED = '0.2.0';

export function hubDeliveries(context: RequestContext): HubDeliveries {
	const call = async (request: HubCall) =>
		await exchange(context, HUB_CREDENTIAL, await hubRequest(context, request));

	const refused = (reply: XeroReply) =>
		refuse(explainReply(reply, { route: 'hub', nowMs: Date.now() }).failure);

	const orGone = <T>(reply: XeroReply, read: (body: unknown) => T): Outcome<OrGone<T>> => {
		if (isGood(reply)) return success(read(reply.body));
		return isGone(reply) ? success('gone' as const) : refused(reply);
	};

	return {
		async subscribe(wish) {
			const body = JSON.stringify({ ...wish, delivery: 'pull' });
			const reply = await call({ method: 'POST', path: 'subscriptions', body });
			if (isCode(reply, 400, 'unknown_member')) return TOO_OLD;
			if (!isGood(reply)) return refused(reply);
			const made = reply.body as SubscriptionCreated;
			return made.delivery === 'pull' ? success(made) : TOO_OLD;
		},
		async pull({ id, generation }) {
			const query = { max: String(PAGE_SIZE), generation: String(generation) };
			const reply = await call({ method: 'GET', path: `${pathOf(id)}/pull`, query });
			return orGone(reply, (body) => body as PulledPage);
		},
		async acknowledge({ id }, { items, leaseId }) {
			const body = JSON.stringify({
				ids: items.map((one) => one.id),
				...(leaseId !== null && { leaseId }),
			});
			const reply = await call({ method: 'POST', path: `${pathOf(id)}/acknowledge`, body });
			return orGone(reply, () => 'done' as const);
		},
		async remove({ id, url, generation }) {
			const query = { url, generation: String(generation) };
			const reply = await call({ method: 'DELETE', path: pathOf(id), query });
			return orGone(reply, () => 'done' as const);
		},
		async read(path, query = {}) {
			const reply = await call({ method: 'GET', path, query });
			if (isCode(reply, 404, 'not_found')) return success(undefined);
			return isGood(reply) ? success(reply.body) : refused(reply);
		},
	};
}

/** Deliveries of one page at most: an execution of the workflow that n8n can hold and show. */
const PAGE_SIZE = 50;

const TOO_OLD = refuseInput(
	'This hub is too old: it cannot be asked for events',
	`Update the hub to ${HUB_NEEDED} or later.`,
);

function pathOf(id: string): string {
	return `subscriptions/${encodeURIComponent(id)}`;
}

function isGood(reply: XeroReply): reply is AnsweredReply {
	return reply.kind === 'answered' && reply.status >= 200 && reply.status < 300;
}

function isGone(reply: XeroReply): boolean {
	return (
		isCode(reply, 404, 'not_found') ||
		isCode(reply, 409, 'subscription_elsewhere') ||
		isCode(reply, 409, 'conflict')
	);
}

/** By the hub itself: nobody else has its codes. */
function isCode(reply: XeroReply, status: number, code: string): boolean {
	return (
		reply.kind === 'answered' &&
		reply.status === status &&
		(reply.body as { code?: unknown } | null)?.code === code
	);
}
