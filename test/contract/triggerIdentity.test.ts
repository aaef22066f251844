import { CompiledQuery, createQueryId, sql, type RootOperationNode } from 'kysely';
import type { SubscriptionRequest, TriggerKey } from '../../hub-server/protocol';
import type { Engine } from '../../hub-server/src/database/engine';
import {
	createParkedQueues,
	type ParkedQueues,
} from '../../hub-server/src/subscriptions/parkedQueues';
import { createDeliveryReader } from '../../hub-server/src/relay/deliveryReader';
import { subscribe } from '../../hub-server/src/subscriptions/subscribe';
import { createSubscriptionStore } from '../../hub-server/src/subscriptions/subscriptionStore';
import { createFindWorkflowTroubles } from '../../hub-server/src/subscriptions/workflowTroubles';
import { ENGINES } from '../support/freshLedger';
import { waitingForLocks } from '../support/waitingForLocks';
import {
	anEvent,
	CLAIM,
	ledgerFixture,
	OTHER_TENANT,
	PARK_MS,
	TENANT,
	type LedgerFixture,
} from './ledgerFixture';

const KEY: TriggerKey = { instanceId: 'n8n-1', workflowId: 'wf-1', nodeId: 'node-1' };
const HOME = 'https://n8n.example.com/webhook/one';
const ELSEWHERE = 'https://copy.example.com/webhook/one';
const MINUTE = 60_000;

describe.each(ENGINES)('a trigger and its subscription on %s', (engine) => {
	let f: LedgerFixture;
	let queues: ParkedQueues;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
		queues = createParkedQueues({ db: f.db, now: f.now });
	});
	afterEach(() => f.close());

	const keyed = (more: Partial<SubscriptionRequest> = {}) =>
		f.subscribe(['contact.updated'], { url: HOME, key: KEY, requireReceipt: true, ...more });
	const park = (id: string, at = {}) => f.subscriptions.park(f.workspace.id, id, at);
	const claim = () => f.deliveries.claim(CLAIM);
	const statuses = async () =>
		(await f.reader.deliveries(f.workspace.id, { limit: 50, cursor: undefined })).items.map(
			({ status }) => status,
		);
	const wish = (url: string): SubscriptionRequest => ({
		url,
		events: ['contact.updated'],
		key: KEY,
		requireReceipt: true,
	});

	it('echoes every option that was asked for', async () => {
		const saved = await keyed({ whileUnpublished: 'drop', hydrate: true });

		expect(saved).toMatchObject({
			...{ key: KEY, mode: 'production', requireReceipt: true, whileUnpublished: 'drop' },
			...{ hydrate: true, status: 'active', generation: 1, parkedUntil: null, movedFrom: null },
		});
	});

	it('keeps queue, secret and history while it is published anew', async () => {
		const first = await keyed();
		await f.accept([anEvent()]);

		await park(first.id);
		const asleep = await claim();
		await f.accept([anEvent()]);
		const again = await keyed({ url: `${HOME}-renamed`, generation: first.generation });

		expect(asleep).toEqual([]);
		expect(again).toMatchObject({ id: first.id, secret: first.secret, generation: 2 });
		expect(
			(await claim()).map(({ subscription, hasWaited }) => [subscription.url, hasWaited]),
		).toEqual([
			[`${HOME}-renamed`, false],
			[`${HOME}-renamed`, false],
		]);
	});

	it('marks what waited for longer than ten minutes', async () => {
		const { id } = await keyed();
		await park(id);
		await f.accept([anEvent()]);
		f.advance(11 * MINUTE);

		await keyed();

		expect((await claim()).map(({ hasWaited }) => hasWaited)).toEqual([true]);
	});

	it.each([
		[9 * MINUTE, 'pending'],
		[11 * MINUTE, 'cancelled'],
	])('drops, where it wants that, what waited for %i ms: %s', async (ms, status) => {
		const { id } = await keyed({ whileUnpublished: 'drop' });
		await park(id);
		await f.accept([anEvent()]);
		f.advance(ms);

		await keyed({ whileUnpublished: 'drop' });

		expect(await statuses()).toEqual([status]);
	});

	it('counts a late delete, and one of another address, as about something else', async () => {
		const first = await keyed();
		await keyed({ generation: first.generation });

		const late = park(first.id, { url: HOME, generation: first.generation });
		const copied = park(first.id, { url: ELSEWHERE, generation: 9 });

		await expect(late).rejects.toMatchObject({ status: 409, code: 'subscription_elsewhere' });
		await expect(copied).rejects.toMatchObject({ status: 409, code: 'subscription_elsewhere' });
		expect((await f.subscriptions.get(f.workspace.id, first.id)).status).toBe('active');
	});

	it('asks what another origin is before it changes anything', async () => {
		const first = await keyed();

		const asked = await f.subscriptions.subscribe(f.workspace.id, wish(ELSEWHERE));

		expect(asked).toMatchObject({ kind: 'elsewhere', at: [{ id: first.id, url: HOME }] });
		expect(await f.subscriptions.list(f.workspace.id)).toHaveLength(1);
	});

	it('gives a copy of n8n a subscription of its own, and tells', async () => {
		const first = await keyed();
		f.advance(1);
		const copy = await f.subscriptions.subscribe(f.workspace.id, wish(ELSEWHERE), 'clone');

		const again = await f.subscriptions.subscribe(f.workspace.id, wish(ELSEWHERE));
		const home = await f.subscriptions.subscribe(f.workspace.id, wish(HOME));
		const troubles = await createFindWorkflowTroubles(f)(f.workspace.id);

		expect(copy).toMatchObject({ kind: 'saved', isNew: true });
		expect(again).toMatchObject({ kind: 'saved', isNew: false });
		expect(home).toMatchObject({ kind: 'saved', subscription: { id: first.id } });
		expect(troubles.map(({ kind }) => kind)).toEqual(['trigger_elsewhere']);
		expect(await troubles[0]?.describe()).toContain(`also published at ${ELSEWHERE}`);
	});

	it('takes over where n8n has moved, and remembers from where', async () => {
		const first = await keyed();
		await f.accept([anEvent()]);

		const moved = await f.subscriptions.subscribe(f.workspace.id, wish(ELSEWHERE), 'moved');

		expect(moved).toMatchObject({
			kind: 'saved',
			isNew: false,
			subscription: { id: first.id, url: ELSEWHERE, movedFrom: HOME },
		});
		expect((await claim()).map(({ subscription }) => subscription.url)).toEqual([ELSEWHERE]);
	});

	it('adopts what an older pack made at its address', async () => {
		const old = await f.subscribe(['contact.updated'], { url: HOME });
		await f.accept([anEvent()]);

		const adopted = await keyed();

		expect(adopted).toMatchObject({ id: old.id, key: KEY });
		expect(await claim()).toHaveLength(1);
	});

	it('parks by its URL what an older pack deletes and makes again', async () => {
		const old = await f.subscribe(['contact.updated'], { url: HOME });
		await f.accept([anEvent()]);

		await park(old.id);
		const again = await f.subscribe(['contact.updated'], { url: HOME });

		expect(again.id).toBe(old.id);
		expect(await claim()).toHaveLength(1);
	});

	it('takes an event once where two subscriptions become one', async () => {
		const kept = await keyed();
		await f.subscribe(['contact.updated'], { url: `${HOME}-two` });
		await f.accept([anEvent()]);

		await keyed({ url: `${HOME}-two` });

		expect((await statuses()).sort()).toEqual(['cancelled', 'pending']);
		expect((await f.subscriptions.list(f.workspace.id)).map(({ id }) => id)).toEqual([kept.id]);
	});

	it('lets a test listener take nothing over, park nothing and end by itself', async () => {
		const published = await keyed();
		const test = await keyed({ url: 'https://n8n.example.com/webhook-test/one', mode: 'test' });
		await expect(keyed({ mode: 'test' })).rejects.toMatchObject({ status: 409 });
		f.advance(10 * MINUTE);

		const ended = await queues.endExpired();

		expect(test.id).not.toBe(published.id);
		expect(ended).toBe(1);
		expect((await f.subscriptions.list(f.workspace.id)).map(({ id }) => id)).toEqual([
			published.id,
		]);
		const other = await keyed({ url: 'https://n8n.example.com/webhook-test/one', mode: 'test' });
		await park(other.id);
		expect(await f.subscriptions.list(f.workspace.id)).toHaveLength(1);
	});

	it('ends a queue that nobody came back for, and says why', async () => {
		const { id } = await keyed();
		await f.accept([anEvent()]);
		await park(id);
		f.advance(PARK_MS - 1);
		const early = await queues.endExpired();
		f.advance(1);

		const ended = await queues.endExpired();

		expect([early, ended]).toEqual([0, 1]);
		const [delivery] = (await f.reader.deliveries(f.workspace.id, { limit: 1, cursor: undefined }))
			.items;
		expect(delivery).toMatchObject({
			status: 'cancelled',
			reason: expect.stringContaining('longer than its queue is kept'),
		});
	});

	it('goes on when it answers a minute after something else deleted it, with an alert', async () => {
		const { id } = await keyed();
		await f.accept([anEvent()]);
		await park(id);
		expect(await queues.takeDeleted(10)).toEqual([]);
		f.advance(MINUTE);

		const [deleted, ...more] = await queues.takeDeleted(10);
		const takenTwice = await queues.takeDeleted(10);
		await queues.resume(deleted!);

		expect([more, takenTwice]).toEqual([[], []]);
		expect(await claim()).toHaveLength(1);
		const troubles = await createFindWorkflowTroubles(f)(f.workspace.id);
		expect(troubles.map(({ kind, subject }) => [kind, subject])).toEqual([['trigger_resumed', id]]);
		await keyed();
		expect(await createFindWorkflowTroubles(f)(f.workspace.id)).toEqual([]);
	});

	it('rests when nobody answers there, and an answer that comes too late changes nothing', async () => {
		const { id, generation } = await keyed();
		await park(id);
		f.advance(MINUTE);
		const [deleted] = await queues.takeDeleted(10);
		await queues.rest(deleted!);
		f.advance(MINUTE);
		expect(await queues.takeDeleted(10)).toEqual([]);

		await keyed({ generation });
		await park(id);
		await queues.resume(deleted!);

		expect((await f.subscriptions.get(f.workspace.id, id)).status).toBe('parked');
	});

	it('is moved by hand, with what waited', async () => {
		const { id } = await keyed();
		await f.accept([anEvent()]);
		await park(id);

		const moved = await f.subscriptions.move(f.workspace.id, id, ELSEWHERE);

		expect(moved).toMatchObject({ url: ELSEWHERE, movedFrom: HOME, status: 'active' });
		expect((await claim()).map(({ subscription }) => subscription.url)).toEqual([ELSEWHERE]);
		expect((await keyed({ url: ELSEWHERE })).id).toBe(id);
	});

	it('hands its queue to another by hand', async () => {
		const { id } = await keyed();
		await f.accept([anEvent()]);
		await park(id);
		const other = await f.subscribe(['contact.updated'], { url: `${HOME}-two` });

		await f.subscriptions.adopt(f.workspace.id, id, other.id);

		expect((await claim()).map(({ subscription }) => subscription.id)).toEqual([other.id]);
		await expect(f.subscriptions.get(f.workspace.id, id)).rejects.toMatchObject({ status: 404 });
	});

	it('is not ended by a refusal of the address that it has left meanwhile', async () => {
		const { id } = await keyed();
		await f.accept([anEvent(), anEvent()]);
		const [inFlight] = await f.deliveries.claim({ ...CLAIM, limit: 1 });
		await f.subscriptions.subscribe(f.workspace.id, wish(ELSEWHERE), 'moved');

		await f.deliveries.finish(
			inFlight!,
			{ kind: 'gone', isDelivered: false, reason: 'It answered 410.' },
			{ startedAt: f.now(), ms: 3, statusCode: 410 },
		);

		expect((await f.subscriptions.get(f.workspace.id, id)).status).toBe('active');
		expect((await claim()).map(({ subscription }) => subscription.url)).toEqual([
			ELSEWHERE,
			ELSEWHERE,
		]);
	});

	it('hands on what is in flight, and a refusal of its own address ends none of it', async () => {
		const { id } = await keyed();
		await f.accept([anEvent()]);
		const [inFlight] = await claim();
		const other = await f.subscribe(['contact.updated'], { url: `${HOME}-two` });
		await f.subscriptions.adopt(f.workspace.id, id, other.id);

		await f.deliveries.finish(
			inFlight!,
			{ kind: 'dead', reason: 'No more attempts.' },
			{ startedAt: f.now(), ms: 3, statusCode: 404 },
		);

		expect((await claim()).map(({ subscription }) => subscription.id)).toEqual([other.id]);
	});

	it('sends what ended undelivered at the one that takes the queue', async () => {
		const { id } = await keyed();
		const other = await f.subscribe(['contact.updated'], { url: `${HOME}-two` });
		await f.accept([anEvent()]);
		const claimed = await claim();
		for (const delivery of claimed) {
			const isOther = delivery.subscription.id === other.id;
			await f.deliveries.finish(
				delivery,
				isOther ? { kind: 'dead', reason: 'No.' } : { kind: 'retry', delayMs: 0 },
				{ startedAt: f.now(), ms: 3, statusCode: 500 },
			);
		}

		await f.subscriptions.adopt(f.workspace.id, id, other.id);

		expect((await claim()).map(({ subscription }) => subscription.id)).toEqual([other.id]);
		expect((await statuses()).sort()).toEqual(['dead', 'pending']);
	});

	it('gives its queue to nobody who would not send it', async () => {
		const { id } = await keyed();
		await f.accept([anEvent()]);
		const test = await f.subscribe(['*'], { url: `${HOME}-test`, mode: 'test' });
		const disabled = await f.subscribe(['payment.updated'], { url: `${HOME}-two` });
		await f.db
			.updateTable('subscriptions')
			.set({ status: 'disabled' })
			.where('id', '=', disabled.id)
			.execute();

		for (const to of [test, disabled]) {
			await expect(f.subscriptions.adopt(f.workspace.id, id, to.id)).rejects.toMatchObject({
				status: 409,
			});
		}
		expect(await claim()).toHaveLength(1);
	});

	it('is not moved beside another of the same trigger, which n8n knows by another path', async () => {
		const { id } = await keyed();
		await f.subscriptions.subscribe(f.workspace.id, wish(`${ELSEWHERE}-renamed`), 'clone');

		await expect(f.subscriptions.move(f.workspace.id, id, ELSEWHERE)).rejects.toMatchObject({
			status: 409,
			message: expect.stringContaining(`${ELSEWHERE}-renamed`),
		});
	});

	it('sends nothing of an organisation that it does not ask for any more', async () => {
		await keyed();
		await f.accept([anEvent(), anEvent({ tenantId: OTHER_TENANT })]);

		await keyed({ tenantIds: [TENANT] });

		const named = (await claim()).map(({ event, named: as }) => [event.tenantId, as?.type]);
		expect(named.sort()).toEqual([
			[TENANT, 'contact.updated'],
			[OTHER_TENANT, undefined],
		]);
	});

	if (engine === 'postgres') {
		it('is not parked by a delete that a create overtakes', async () => {
			const { id, generation } = await keyed();

			const { late } = await f.db.transaction().execute(async (tx) => {
				const request = { ...wish(HOME), generation };
				await subscribe(tx, f.secrets, { workspaceId: f.workspace.id, request }, f.now());
				const parked = park(id, { url: HOME, generation }).catch((cause: unknown) => cause);
				await waitingForLocks(f.db, 1);
				return { late: parked };
			});

			expect(await late).toMatchObject({ code: 'subscription_elsewhere' });
			expect((await f.subscriptions.get(f.workspace.id, id)).status).toBe('active');
		});
	}

	it('is published, listed and handed on without reading what is over', async () => {
		const asked: RootOperationNode[] = [];
		const watched = f.db.withPlugin({
			transformQuery: ({ node }) => {
				asked.push(node);
				return node;
			},
			transformResult: async ({ result }) => result,
		});
		const subscriptions = createSubscriptionStore({ ...f, db: watched, parkMs: PARK_MS });
		const { id } = await keyed();
		const other = await f.subscribe(['contact.updated'], { url: `${HOME}-two` });
		await park(id);
		f.advance(11 * MINUTE);
		await subscriptions.subscribe(f.workspace.id, { ...wish(HOME), events: ['*'] });
		await createDeliveryReader(watched).waitingFor([id]);
		await subscriptions.adopt(f.workspace.id, id, other.id);
		await subscriptions.discard(f.workspace.id, other.id);

		const queries = asked
			.map((node) => f.db.getExecutor().compileQuery(node, createQueryId()))
			.filter(({ sql: text }) => /^(?:update|select "id" from) "deliveries"/.test(text));
		expect(queries.length).toBeGreaterThanOrEqual(10);
		for (const { sql: text, parameters } of queries) {
			expect(await planOf(f.db, engine, text, parameters)).not.toMatch(
				/SCAN deliveries$|Seq Scan on deliveries/m,
			);
		}
	});

	it('belongs to one workspace, whatever key another shows', async () => {
		const first = await keyed();
		const other = await f.workspaces.create({ name: 'Other' });

		const stranger = await keyed({ workspaceId: other.id } as object);

		expect(stranger.id).not.toBe(first.id);
		await expect(f.subscriptions.park(other.id, first.id)).rejects.toMatchObject({ status: 404 });
		await expect(f.subscriptions.adopt(other.id, stranger.id, first.id)).rejects.toMatchObject({
			status: 404,
		});
	});

	it('is one row for creates at the same moment', async () => {
		const saved = await Promise.all(Array.from({ length: 5 }, () => keyed()));

		expect(new Set(saved.map(({ id }) => id)).size).toBe(1);
	});
});

/** As it is where reading everything costs more than any index. */
function planOf(
	db: LedgerFixture['db'],
	engine: Engine,
	text: string,
	parameters: readonly unknown[],
): Promise<string> {
	return db.transaction().execute(async (tx) => {
		if (engine === 'postgres') await sql`set local enable_seqscan = off`.execute(tx);
		const explain = engine === 'postgres' ? 'explain' : 'explain query plan';
		const { rows } = await tx.executeQuery<Record<string, unknown>>(
			CompiledQuery.raw(`${explain} ${text}`, [...parameters]),
		);
		return rows.map((row) => String(row['QUERY PLAN'] ?? row['detail'])).join('\n');
	});
}
