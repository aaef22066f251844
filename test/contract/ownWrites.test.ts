import { gzipSync } from 'node:zlib';
import { purgeWrites } from '../../hub-server/src/writes/purgeWrites';
import { createWriteMemory } from '../../hub-server/src/writes/writeMemory';
import type { WriteCall } from '../../hub-server/src/xero/api/WriteMemory';
import { guid } from '../support/changingXero';
import { ENGINES } from '../support/freshLedger';
import { anEvent, CLAIM, ledgerFixture, TENANT, type LedgerFixture } from './ledgerFixture';

const READ = { limit: 100, leaseMs: 60_000 };
const HOUR = 3600_000;
const W1 = { workflow: 'w1', node: 'Write contact' };
const GUARDED = { filter: { causedByOthersOnly: true } };

describe.each(ENGINES)('what was written through the hub, on %s', (engine) => {
	let f: LedgerFixture;
	let faults: unknown[];
	beforeEach(async () => {
		f = await ledgerFixture(engine);
		faults = [];
		// Not a whole second.
		f.advance(123);
	});
	afterEach(async () => {
		expect(faults).toEqual([]);
		await f.close();
	});

	const memory = () =>
		createWriteMemory({
			db: f.db,
			now: f.now,
			uptime: () => f.now(),
			onFault: (cause) => faults.push(cause),
		});
	const record = (updatedAt: number) => ({
		ContactID: guid(1),
		UpdatedDateUTC: `/Date(${updatedAt}+0000)/`,
	});
	/** A call of the proxy, until its answer is to be written down. */
	async function begin(asked: Partial<WriteCall> = {}) {
		const writes = memory();
		const call = {
			...{ workspaceId: f.workspace.id, tenantId: TENANT, method: 'POST', cause: W1 },
			...asked,
		};
		const body = Buffer.from('{"Contacts":[{"Name":"Ann"}]}');
		const open = await writes.begin({ ...call, path: '/api.xro/2.0/contacts', body });
		return async (version = f.now()) => {
			const answer = { DateTimeUTC: `/Date(${f.now()})/`, Contacts: [record(version)] };
			const body = gzipSync(JSON.stringify(answer));
			open!.end({ kind: 'answered', status: 200, body, encoding: 'gzip' });
			await writes.idle();
		};
	}
	const write = async (asked?: Partial<WriteCall>) => (await begin(asked))();
	const webhook = (at = f.now()) =>
		f.accept([
			anEvent({
				resourceId: guid(1),
				eventDateUtc: new Date(at).toISOString().slice(0, -1),
			}),
		]);
	/** Reads what waits, as Xero has it in that version. */
	async function read(version: number) {
		f.advance(250);
		const claimed = await f.records.claim(READ);
		await f.records.finish(
			claimed.map((event) => ({ event, outcome: { kind: 'ready', record: record(version) } })),
		);
		return claimed.length;
	}
	const delivered = async () =>
		(await f.deliveries.claim(CLAIM)).map(({ event, subscription }) => ({
			id: subscription.id,
			cause: event.cause,
		}));

	it('is told with who wrote it, and left out where only others’ changes are wanted', async () => {
		const plain = await f.subscribe(['contact.updated'], { hydrate: true });
		await f.subscribe(['contact.updated'], { url: 'https://n8n.example.com/2', ...GUARDED });
		const at = f.now();
		await write();
		await webhook();

		await read(at);

		expect(await delivered()).toEqual([
			{ id: plain.id, cause: { ...W1, system: null, pushId: null, isSure: true } },
		]);
	});

	it('is left out of the workflow that wrote it, and reaches the others', async () => {
		const key = (workflowId: string) => ({ instanceId: 'i', workflowId, nodeId: 'n' });
		for (const workflow of ['w1', 'w2']) {
			const url = `https://n8n.example.com/${workflow}`;
			await f.subscribe(['contact.updated'], { url, key: key(workflow), ...GUARDED });
		}
		const at = f.now();
		await write();
		await webhook();

		await read(at);

		const [reached, ...more] = await f.deliveries.claim(CLAIM);
		expect(reached?.subscription.url).toBe('https://n8n.example.com/w2');
		expect(more).toEqual([]);
	});

	it('tells the push that wrote it, and is left out of the workflow that asked for the push alone', async () => {
		const key = (workflowId: string) => ({ instanceId: 'i', workflowId, nodeId: 'n' });
		for (const workflow of ['w1', 'w2']) {
			const url = `https://n8n.example.com/${workflow}`;
			await f.subscribe(['contact.updated'], { url, key: key(workflow), ...GUARDED });
		}
		const at = f.now();
		await write({ push: { system: 'crm', id: 'push-1' } });
		await webhook();

		await read(at);

		const [reached, ...more] = await f.deliveries.claim(CLAIM);
		expect(reached?.subscription.url).toBe('https://n8n.example.com/w2');
		expect(reached?.event.cause).toEqual({
			...{ ...W1, system: 'crm', pushId: 'push-1', isSure: true },
		});
		expect(more).toEqual([]);
	});

	it('reaches every workflow where a push says no workflow', async () => {
		const key = { instanceId: 'i', workflowId: 'w1', nodeId: 'n' };
		await f.subscribe(['contact.updated'], { key, ...GUARDED });
		const at = f.now();
		await write({
			cause: { workflow: null, node: null },
			push: { system: 'crm', id: 'push-1' },
		});
		await webhook();

		await read(at);

		expect(await statuses()).toEqual(['pending']);
	});

	it('hides no edit of somebody else in the same second', async () => {
		const guarded = await f.subscribe(['contact.updated'], GUARDED);
		const at = f.now();
		await write();
		await webhook();
		f.advance(400);
		await webhook();

		await read(at + 400);

		const both = { id: guarded.id, cause: null };
		// One queue hands out one at a time or all: none is filtered.
		expect((await delivered())[0]).toEqual(both);
		expect(await statuses()).toEqual(['pending', 'pending']);
	});

	it('hides no edit that came just before, though its webhook found the own version', async () => {
		await f.subscribe(['contact.updated'], GUARDED);
		await webhook();
		f.advance(400);
		const at = f.now();
		await write();
		await webhook();

		await read(at);

		expect(await statuses()).toEqual(['filtered', 'pending']);
	});

	it('is waited for, where the webhook is here before the proxy has Xero’s answer', async () => {
		await f.subscribe(['contact.updated'], GUARDED);
		const end = await begin();
		const at = f.now();
		await webhook();

		const early = await read(at);
		await end(at);
		const late = await read(at);

		expect([early, late]).toEqual([0, 1]);
		expect(await statuses()).toEqual(['filtered']);
	});

	it('is not waited for when it began after the webhook, or its hub has died', async () => {
		await f.subscribe(['contact.updated'], GUARDED);
		await webhook();
		f.advance(1);
		await begin();
		expect(await read(f.now())).toBe(1);
		await webhook();

		const soon = await read(f.now());
		f.advance(6 * 60_000);
		const later = await read(f.now());

		expect([soon, later]).toEqual([0, 1]);
	});

	it('is not waited for where nobody wants to know', async () => {
		await f.subscribe(['contact.updated'], { hydrate: true });
		await begin();
		await webhook();

		expect(await read(f.now())).toBe(1);
	});

	it('is nothing to another workspace with the same organisation', async () => {
		const other = await f.workspaces.create({ name: 'Other' });
		await f.subscribe(['contact.updated'], GUARDED);
		const at = f.now();
		await write({ workspaceId: other.id });
		await webhook();

		await read(at);

		expect(await statuses()).toEqual(['pending']);
	});

	it('is known as an echo for two days, forgotten in steps, and with its workspace', async () => {
		for (let call = 0; call < 30; call += 1) {
			f.advance(1);
			await write();
		}
		f.advance(47 * HOUR);
		const early = await purge();
		const kept = await countWritten();
		await write();
		f.advance(2 * HOUR);

		const first = await purge();
		const second = await purge();
		const left = await countWritten();
		await removeWorkspace();

		expect([early, kept]).toEqual([false, 30]);
		expect([first, second, left]).toEqual([true, false, 1]);
		expect(await countWritten()).toBe(0);
	});

	it('is not remembered of a read, nor of what was never sent', async () => {
		const writes = memory();
		const call = { workspaceId: f.workspace.id, tenantId: TENANT, cause: W1 };
		const body = undefined;
		const refused = await writes.begin({
			...{ ...call, method: 'PUT', body },
			path: '/api.xro/2.0/Items',
		});
		const read = await writes.begin({ ...call, method: 'GET', path: '/api.xro/2.0/Items', body });
		refused!.end({ kind: 'not_sent' });
		await writes.idle();

		expect(read).toBeUndefined();
		expect(await f.db.selectFrom('proxied_writes').select('id').execute()).toEqual([]);
	});

	const statuses = async () =>
		(await f.reader.deliveries(f.workspace.id, { limit: 10 })).items
			.map(({ status }) => status)
			.sort();
	const purge = () => purgeWrites(f.db, { now: f.now(), keptMs: 90 * 24 * HOUR });
	const countWritten = async () =>
		(await f.db.selectFrom('written_records').select('version').execute()).length;
	const removeWorkspace = () =>
		f.db.deleteFrom('workspaces').where('id', '=', f.workspace.id).execute();
});
