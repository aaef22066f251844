import type { SubscriptionRequest, TriggerKey } from '../../hub-server/protocol';
import { PULL_LEASE_MS } from '../../hub-server/src/relay/pullLedger';
import { releaseLeases } from '../../hub-server/src/relay/releaseLeases';
import { createParkedQueues } from '../../hub-server/src/subscriptions/parkedQueues';
import { createFindWorkflowTroubles } from '../../hub-server/src/subscriptions/workflowTroubles';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, TENANT, type LedgerFixture } from './ledgerFixture';

const KEY: TriggerKey = { instanceId: 'n8n-1', workflowId: 'wf-1', nodeId: 'node-1' };
const NAME = 'pull:n8n-1/wf-1/node-1';
const A_DAY = 24 * 3600_000;

describe.each(ENGINES)('a subscription that is pulled from, on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const subscribe = (more: Partial<SubscriptionRequest> = {}) =>
		f.subscribe(['contact.updated'], { url: undefined, key: KEY, delivery: 'pull', ...more });
	const pull = (id: string, max = 50, generation?: number) =>
		f.pulls.pull(f.workspace.id, id, { max, generation });
	const acknowledge = async (id: string, ids: readonly string[], leaseId?: string | null) => {
		const done = await f.pulls.acknowledge(f.workspace.id, id, ids, leaseId ?? undefined);
		return done.map(({ outcome }) => outcome);
	};
	const idsOf = (page: { readonly items: ReadonlyArray<{ readonly id: string }> }) =>
		page.items.map(({ id }) => id);
	const accept = (count: number) => f.accept(Array.from({ length: count }, () => anEvent()));
	const delivery = (id: string) => f.reader.delivery(f.workspace.id, id);
	const statuses = async () => {
		const { items } = await f.reader.deliveries(f.workspace.id, { limit: 50, cursor: undefined });
		return items.map(({ status }) => status);
	};
	const again = (more: Partial<SubscriptionRequest>) =>
		f.subscriptions.subscribe(f.workspace.id, {
			...{ events: ['contact.updated'], key: KEY, delivery: 'pull' },
			...more,
		});

	it('has a name made from its key, and says how it is delivered', async () => {
		expect(await subscribe()).toMatchObject({
			...{ url: NAME, delivery: 'pull', key: KEY, status: 'active', pulledAt: null },
		});
	});

	it('is known by a name of its own where it has no key', async () => {
		const named = { url: 'pull:nightly-books', key: undefined };
		const first = await subscribe(named);

		expect((await subscribe(named)).id).toBe(first.id);
	});

	it('gives the oldest first, as they would be sent, and nothing to whoever sends', async () => {
		const { id } = await subscribe();
		const [older, newer] = [anEvent(), anEvent()];
		await f.accept([older]);
		f.advance(1);
		await f.accept([newer]);

		const sent = await f.deliveries.claim(CLAIM);
		const page = await pull(id);

		expect(sent).toEqual([]);
		expect(page).toMatchObject({ leaseId: expect.any(String), more: false });
		expect(page.leasedUntil).toBe(new Date(f.now() + PULL_LEASE_MS).toISOString());
		expect(page.items).toMatchObject([
			{ attempt: 1, event: { type: 'contact.updated', resource: { id: older.resourceId } } },
			{ attempt: 1, event: { resource: { id: newer.resourceId } } },
		]);
		for (const { id: one, event } of page.items) {
			expect(event).toEqual(await f.reader.body(f.workspace.id, one));
		}
	});

	it('says where more is due than a page takes', async () => {
		const { id } = await subscribe();
		await accept(5);

		const [first, second, third] = [await pull(id, 3), await pull(id, 3), await pull(id, 3)];

		expect([first, second, third].map(({ items, more }) => [items.length, more])).toEqual([
			[3, true],
			[2, false],
			[0, false],
		]);
		expect(third).toMatchObject({ leaseId: null, leasedUntil: null });
	});

	it('bounds a page by its bytes too, and gives what is larger alone', async () => {
		const { id } = await subscribe({ hydrate: true });
		await accept(3);
		const record = JSON.stringify({ Name: 'x'.repeat(3 * 1024 * 1024) });
		await f.db.updateTable('events').set({ record, record_state: 'ready' }).execute();
		await f.db.updateTable('deliveries').set({ status: 'pending', next_at: f.now() }).execute();

		const page = await pull(id);

		expect([page.items.length, page.more]).toEqual([1, true]);
	});

	it('gives two who pull at once nothing twice', async () => {
		const { id } = await subscribe();
		await accept(20);

		const pages = await Promise.all([pull(id, 10), pull(id, 10)]);

		expect(new Set(pages.flatMap(idsOf)).size).toBe(20);
	});

	it('ends what is acknowledged, and writes down when it was pulled and for how long', async () => {
		const { id } = await subscribe();
		await accept(1);
		const page = await pull(id);
		const [one = ''] = idsOf(page);
		const underWay = await delivery(one);
		f.advance(4_000);

		const first = await acknowledge(id, [one], page.leaseId);
		const second = await acknowledge(id, [one], page.leaseId);

		expect(underWay).toMatchObject({
			status: 'pending',
			attempts: [{ number: 1, statusCode: null, error: 'Pulled, and not acknowledged.' }],
		});
		expect([first, second]).toEqual([['acknowledged'], ['already']]);
		expect(await delivery(one)).toMatchObject({
			status: 'delivered',
			attempts: [{ number: 1, statusCode: 200, ms: 4_000, error: null }],
		});
	});

	it('gives what was not acknowledged again, with the same ids, when its lease has ended', async () => {
		const { id } = await subscribe();
		await accept(1);
		const first = await pull(id);
		f.advance(PULL_LEASE_MS - 1);
		const early = await pull(id);
		f.advance(1);

		const second = await pull(id);

		expect(early.items).toEqual([]);
		expect(idsOf(second)).toEqual(idsOf(first));
		expect(second.items[0]?.attempt).toBe(2);
		expect(second.items[0]?.event).toEqual(first.items[0]?.event);
	});

	it('counts a late word where nobody else has the delivery, and leaves it to whoever has', async () => {
		const { id } = await subscribe();
		await accept(2);
		const first = await pull(id);
		const [one = '', other = ''] = idsOf(first);
		f.advance(PULL_LEASE_MS);

		const late = await acknowledge(id, [one], first.leaseId);
		const second = await pull(id);
		const lost = await acknowledge(id, [other], first.leaseId);
		const held = await acknowledge(id, [other], second.leaseId);

		expect([late, lost, held]).toEqual([['late'], ['elsewhere'], ['acknowledged']]);
	});

	it('knows no deliveries of others, and none that was never pulled', async () => {
		const { id } = await subscribe();
		const other = await f.subscribe(['contact.updated'], { url: 'pull:other', delivery: 'pull' });
		await accept(1);
		const foreign = idsOf(await pull(other.id));
		const [own] = (await f.reader.deliveries(f.workspace.id, { limit: 9, cursor: undefined })).items
			.filter(({ subscriptionId }) => subscriptionId === id)
			.map((one) => one.id);

		expect(await acknowledge(id, [...foreign, own ?? '', 'nothing'])).toEqual([
			...['unknown', 'unknown', 'unknown'],
		]);
	});

	it('is nobody else’s: another workspace neither pulls nor acknowledges', async () => {
		const { id } = await subscribe();
		const stranger = await f.workspaces.create({ name: 'Stranger' });

		await expect(f.pulls.pull(stranger.id, id, { max: 1 })).rejects.toMatchObject({ status: 404 });
		await expect(f.pulls.acknowledge(stranger.id, id, ['x'])).rejects.toMatchObject({
			status: 404,
		});
	});

	it('gives what fails again in halves, so that one that cannot be taken holds up no other', async () => {
		const { id } = await subscribe();
		await accept(8);
		const sizes: number[] = [];
		let poison = '';
		for (let round = 0; round < 40; round += 1) {
			const page = await pull(id, 8);
			poison ||= idsOf(page)[5] ?? '';
			if (page.items.length > 0) sizes.push(page.items.length);
			// A batch with the one that cannot be taken fails as a whole.
			if (page.items.length > 0 && !idsOf(page).includes(poison)) {
				await acknowledge(id, idsOf(page), page.leaseId);
			}
			if (!page.more) f.advance(A_DAY);
			if ((await statuses()).filter((one) => one === 'delivered').length === 7) break;
		}

		expect(sizes.slice(0, 3)).toEqual([8, 4, 4]);
		expect((await statuses()).filter((one) => one === 'delivered')).toHaveLength(7);
		expect((await delivery(poison)).attempt).toBeLessThanOrEqual(5);
	});

	it('gives up after ten times, with the reason, and can be replayed', async () => {
		const { id } = await subscribe();
		await accept(1);
		const [one = ''] = idsOf(await pull(id));
		for (let time = 2; time <= 10; time += 1) {
			f.advance(A_DAY);
			expect(idsOf(await pull(id))).toEqual([one]);
		}
		f.advance(A_DAY);

		const last = await pull(id);
		const dead = await delivery(one);
		await f.replayRange({ since: 0, until: f.now() + 1, status: 'dead' });
		const replayed = await pull(id);

		expect(last.items).toEqual([]);
		expect(dead).toMatchObject({ status: 'dead', attempt: 10 });
		expect(dead.reason).toMatch(/pulled 10 times and never acknowledged/);
		expect(await acknowledge(id, [one])).toEqual(['ended']);
		expect(replayed.items).toMatchObject([{ attempt: 1, event: { source: 'replay' } }]);
	});

	it('filters what is switched off, and what its wish no longer means', async () => {
		const { id } = await subscribe();
		const connectionId = await f.connect(f.workspace.id, TENANT, 'client');
		await accept(1);
		await f.db
			.updateTable('connections')
			.set({ enabled: 0 })
			.where('id', '=', connectionId)
			.execute();
		const off = await pull(id);
		await f.db
			.updateTable('connections')
			.set({ enabled: 1 })
			.where('id', '=', connectionId)
			.execute();
		await accept(1);
		await subscribe({ events: ['contact.created'] });
		const unwanted = await pull(id);

		expect([off.items, unwanted.items]).toEqual([[], []]);
		expect(await statuses()).toEqual(['filtered', 'filtered']);
	});

	it('rests while it is parked, and gives its queue when it is published again', async () => {
		const { id } = await subscribe();
		await f.subscriptions.park(f.workspace.id, id, { url: NAME, generation: 1 });
		await accept(1);
		const parked = pull(id);
		await expect(parked).rejects.toMatchObject({ status: 409, code: 'conflict' });
		f.advance(11 * 60_000);
		const probes = await createParkedQueues(f).takeDeleted(10);

		await subscribe();
		const page = await pull(id);

		expect(probes).toEqual([]);
		expect(page.items).toMatchObject([{ event: { whileUnpublished: true } }]);
	});

	it('gives what a killed n8n had in hand at once to the one that is started after it', async () => {
		const { id, generation } = await subscribe();
		await accept(1);
		const first = await pull(id, 50, generation);

		const restarted = await subscribe({ generation });
		const second = await pull(id, 50, restarted.generation);

		expect(restarted).toMatchObject({ id, pulledAt: new Date(f.now()).toISOString() });
		expect(idsOf(second)).toEqual(idsOf(first));
		expect(await acknowledge(id, idsOf(first), first.leaseId)).toEqual(['elsewhere']);
	});

	it('leaves leases to several who pull beside each other without a key', async () => {
		const named = { url: 'pull:workers', key: undefined };
		const { id } = await subscribe(named);
		await accept(1);
		await pull(id);

		await subscribe(named);

		expect((await pull(id)).items).toEqual([]);
	});

	it('keeps leases when a hub starts: whoever pulled works on', async () => {
		const { id } = await subscribe();
		await accept(1);
		await pull(id);

		await releaseLeases(f.db, f.now());

		expect((await pull(id)).items).toEqual([]);
	});

	it('stays with the trigger that pulls; a running copy of it gets one of its own, and that is told', async () => {
		const original = await subscribe();
		await accept(1);
		await pull(original.id, 50, original.generation);
		const copy = await subscribe({ generation: original.generation });

		// The copy waits, for somebody pulled; the original comes by, and is told to ask again.
		const displaced = pull(original.id, 50, original.generation);
		await expect(displaced).rejects.toMatchObject({ code: 'subscription_elsewhere' });
		const back = await subscribe({ generation: original.generation });
		await pull(back.id, 50, back.generation);
		const late = pull(copy.id, 50, copy.generation);
		await expect(late).rejects.toMatchObject({ code: 'subscription_elsewhere' });
		const asked = await again({ generation: copy.generation });
		const own = await f.subscriptions.subscribe(
			f.workspace.id,
			{ events: ['contact.updated'], key: KEY, delivery: 'pull', generation: copy.generation },
			'clone',
		);

		expect(back.id).toBe(original.id);
		expect(asked).toMatchObject({ kind: 'elsewhere', at: [{ id: original.id }] });
		if (own.kind !== 'saved') throw new Error('It was not saved.');
		expect(own).toMatchObject({ isNew: true });
		expect(own.subscription.url.startsWith(`${NAME}#`)).toBe(true);
		const known = await subscribe({ url: own.subscription.url, generation: 1 });
		expect(known.id).toBe(own.subscription.id);
		const troubles = await createFindWorkflowTroubles(f)(f.workspace.id);
		expect(troubles.map(({ kind }) => kind)).toEqual(['trigger_elsewhere']);
		expect(await troubles[0]?.describe()).toMatch(/asks for its events is published twice/);
	});

	it('does not believe a copied workflow that it is another one', async () => {
		const { id } = await subscribe();

		const other = await subscribe({ url: NAME, key: { ...KEY, workflowId: 'wf-2' } });

		expect(other.id).not.toBe(id);
	});

	it('takes over what waited to be sent, and gives it back', async () => {
		const url = 'https://n8n.example.com/webhook/one';
		const { id } = await subscribe({ url, delivery: 'push' });
		await accept(1);

		const asked = await again({});
		const moved = await f.subscriptions.subscribe(
			f.workspace.id,
			{ events: ['contact.updated'], key: KEY, delivery: 'pull' },
			'moved',
		);
		const pulled = await pull(id);
		const pushed = await f.subscriptions.subscribe(
			f.workspace.id,
			{ events: ['contact.updated'], key: KEY, url },
			'moved',
		);

		expect(asked.kind).toBe('elsewhere');
		expect(moved).toMatchObject({ kind: 'saved', subscription: { id, delivery: 'pull' } });
		expect(pulled.items).toHaveLength(1);
		expect(pushed).toMatchObject({ subscription: { id, delivery: 'push', url } });
		expect((await f.deliveries.claim(CLAIM)).map((one) => one.id)).toEqual(idsOf(pulled));
	});

	it('has no address to move to; another subscription can adopt its queue', async () => {
		const { id } = await subscribe();
		const other = await f.subscribe(['contact.updated'], { url: 'pull:other', delivery: 'pull' });
		await accept(1);

		const move = f.subscriptions.move(f.workspace.id, id, 'https://n8n.example.com/webhook/x');
		await expect(move).rejects.toMatchObject({ status: 409 });
		await f.subscriptions.adopt(f.workspace.id, id, other.id);

		expect((await pull(other.id)).items).toHaveLength(1);
	});

	it('is told of as long as nobody has asked for what waits for over a day', async () => {
		const { id } = await subscribe();
		await pull(id);
		const troubles = async () =>
			(await createFindWorkflowTroubles(f)(f.workspace.id)).map(({ kind, subject }) => [
				...[kind, subject],
			]);
		f.advance(26 * 3600_000);
		const withNothingDue = await troubles();
		await accept(1);
		f.advance(24 * 3600_000);
		const onTime = await troubles();
		f.advance(2 * 3600_000);
		const late = await troubles();
		await pull(id);

		expect([withNothingDue, onTime]).toEqual([[], []]);
		expect(late).toEqual([['workflow_paused', id]]);
		expect(await troubles()).toEqual([]);
	});

	it('tells how long the oldest waits to be pulled', async () => {
		const { id } = await subscribe();
		const before = await f.pulls.oldestMs();
		await accept(1);
		f.advance(90_000);
		const waiting = await f.pulls.oldestMs();
		await pull(id);

		expect([before, waiting, await f.pulls.oldestMs()]).toEqual([0, 90_000, 0]);
	});
});
