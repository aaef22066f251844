import { Client } from 'pg';
import { setTimeout } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import type { HubProcess } from '../../support/hubProcess';
import { startHubCluster, type HubCluster } from './hubCluster';

/** Real processes, real signals, one ledger; a refresh token that was used once is worth nothing. */
describe('four hub processes and one refresh token', () => {
	let cluster: HubCluster;
	let one: HubProcess;
	let other: HubProcess;
	let connectionId: string;
	let tenantId: string;

	beforeEach(async () => {
		cluster = await startHubCluster(4);
		[one, other] = cluster.hubs as [HubProcess, HubProcess];
		({ id: connectionId = '', tenantId = '' } = cluster.workspace.connections[0] ?? {});
	}, 60_000);
	afterEach(() => cluster.stop(), 60_000);

	const call = (hub: HubProcess, method: string, path: string) =>
		hub.call(method, `/api/v1${path}`, undefined, cluster.workspace.apiKey);
	const askToken = (hub: HubProcess) => call(hub, 'GET', `/connections/${connectionId}/token`);
	const twentyFromEach = <T>(ask: (hub: HubProcess) => Promise<T>) =>
		Promise.all(cluster.hubs.flatMap((hub) => Array.from({ length: 20 }, () => ask(hub))));
	const grantRow = () => cluster.db.selectFrom('grants').selectAll().executeTakeFirst();
	const untilLeased = () =>
		eventually(
			'a hub to hold the lease',
			async () => ((await grantRow())?.lease_id ? true : undefined),
			{ intervalMs: 10 },
		);

	it('make one token request for 80 callers who need a new token', async () => {
		await cluster.expireAccessTokens();

		const answers = await twentyFromEach(askToken);

		expect(answers.map(({ status }) => status)).toEqual(Array(80).fill(200));
		expect(new Set(answers.map(({ body }) => body.accessToken)).size).toBe(1);
		expect(await cluster.tokenRequests()).toBe(1);
	}, 60_000);

	it('make one token request for 80 calls that meet an expired token at Xero', async () => {
		await cluster.sandbox.setFaults({ refreshGraceSeconds: 0, expireTokens: true });

		// By turns over the organisations of the grant: one takes 60 calls a minute.
		const tenants = cluster.workspace.connections.map((connection) => connection.tenantId);
		let turn = 0;
		const answers = await twentyFromEach((hub) => {
			turn += 1;
			return call(hub, 'GET', `/xero/${tenants[turn % tenants.length]}/api.xro/2.0/Organisation`);
		});

		expect(answers.map(({ status }) => status)).toEqual(Array(80).fill(200));
		expect(await cluster.tokenRequests()).toBe(1);
	}, 60_000);

	/** Stops every write of new tokens, and none into the journal, until the connection ends. */
	async function holdNewGenerations(): Promise<Client> {
		const lock = new Client({ connectionString: cluster.databaseUrl });
		await lock.connect();
		await lock.query(`
			create function wait_for_the_test() returns trigger language plpgsql as
				$$ begin perform pg_advisory_xact_lock(1); return new; end $$;
			create trigger held before update on grants for each row
				when (new.gen <> old.gen) execute function wait_for_the_test();
			select pg_advisory_lock(1);
		`);
		return lock;
	}

	it("lose nothing when one is killed between Xero's answer and the commit", async () => {
		await cluster.expireAccessTokens();
		await cluster.sandbox.setFaults({ refreshGraceSeconds: 0, latencyMs: 1_000 });
		const lock = await holdNewGenerations();
		const lost = askToken(one).catch(() => 'the connection broke');
		await eventually('the answer in the journal', async () => {
			const rows = await cluster.db.selectFrom('token_answers').select('id').execute();
			return rows.length > 0 ? true : undefined;
		});

		await one.process.kill();
		await lock.end();
		const answer = await askToken(other);

		expect(await lost).toBe('the connection broke');
		expect(answer.status).toBe(200);
		expect(await cluster.tokenRequests()).toBe(1);
		const used = await call(other, 'GET', `/xero/${tenantId}/api.xro/2.0/Organisation`);
		expect(used.status).toBe(200);
		expect(await cluster.db.selectFrom('token_answers').selectAll().execute()).toEqual([]);
	}, 60_000);

	it('heal with the late answer of a process that stood still beyond its lease', async () => {
		await cluster.expireAccessTokens();
		await cluster.sandbox.setFaults({ refreshGraceSeconds: 0, latencyMs: 500 });
		const slow = askToken(one);
		await untilLeased();
		await eventually('Xero to have answered the process that stands still', async () => {
			// Long enough to send the request, too short to hear the answer.
			process.kill(one.process.pid, 'SIGCONT');
			await setTimeout(50);
			process.kill(one.process.pid, 'SIGSTOP');
			await setTimeout(1_000);
			return (await cluster.tokenRequests()) === 1 ? true : undefined;
		});
		await cluster.db.updateTable('grants').set({ lease_until: 1 }).execute();

		const refused = await askToken(other);
		const alerts = await call(other, 'GET', '/alerts');
		process.kill(one.process.pid, 'SIGCONT');
		const late = await slow;

		expect(refused).toMatchObject({ status: 409, body: { code: 'reauth_required' } });
		expect(alerts.body.items).toEqual([expect.objectContaining({ kind: 'reauth_required' })]);
		expect(late.status).toBe(200);
		expect(await askToken(other)).toMatchObject({
			status: 200,
			body: { accessToken: late.body.accessToken },
		});
		expect((await call(other, 'GET', '/alerts')).body.items).toEqual([]);
	}, 60_000);

	it('end a refresh under way before an organisation is disconnected with its token', async () => {
		await cluster.expireAccessTokens();
		await cluster.sandbox.setFaults({ refreshGraceSeconds: 0, latencyMs: 500 });
		const asked = askToken(one);
		await untilLeased();

		const removed = await Promise.all(
			cluster.workspace.connections.map(({ id }) => call(other, 'DELETE', `/connections/${id}`)),
		);

		expect(removed.map(({ status }) => status)).toEqual(removed.map(() => 204));
		expect((await asked).status).toBe(200);
		expect(await cluster.tokenRequests()).toBe(1);
		expect(await grantRow()).toBeUndefined();
		expect(await askToken(one)).toMatchObject({ status: 404 });
	}, 60_000);

	it('tell once that Xero ended the consent, however many meet it, and ask no more', async () => {
		await cluster.expireAccessTokens();
		await cluster.sandbox.advanceClock(61 * 86_400);

		const answers = await twentyFromEach(askToken);
		await twentyFromEach(askToken);

		expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['reauth_required']));
		expect(await cluster.tokenRequests()).toBe(1);
		expect((await call(one, 'GET', '/alerts')).body.items).toHaveLength(1);
		const logs = cluster.hubs.map(({ process: { log } }) => log()).join('');
		expect(logs.match(/A grant needs a person/g)).toHaveLength(1);
	}, 60_000);
});
