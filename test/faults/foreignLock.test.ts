import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { startHubProcess, type HubProcess } from '../support/hubProcess';
import { provision, type Provisioned } from '../support/provision';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../support/signedWebhook';
import { temporaryFolder } from '../support/temporaryFolder';

/** Xero gives up at 5 s; the hub promises its 503 at 3, and the timers of a busy machine come late. */
const LATEST_ANSWER_MS = 4_900;

/** As a person feels it: the process is there. */
const LIVELY_MS = 500;

describe('a program that keeps the ledger locked', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let hub: HubProcess;
	let workspace: Provisioned;
	let foreign: SqliteDatabase.Database;
	beforeEach(async () => {
		folder = temporaryFolder();
		hub = await startHubProcess({ dataDir: folder.path });
		workspace = await provision(hub);
		foreign = new SqliteDatabase(join(folder.path, 'hub.sqlite'));
	}, 60_000);
	afterEach(async () => {
		foreign.close();
		await hub.process.stop();
		folder.remove();
	}, 60_000);

	async function timed<Answer>(ask: () => Promise<Answer>) {
		const began = performance.now();
		const answer = await ask();
		return { answer, ms: performance.now() - began };
	}
	function send() {
		const event = xeroEvent();
		const body = payloadOf(event);
		return timed(async () => {
			const { status } = await postWebhook(
				workspace.webhookUrl,
				body,
				signatureOf(body, workspace.webhookKey),
			);
			return { status, resourceId: event.resourceId };
		});
	}

	it('costs 503 within 3 s each, never the process: health answers, and all goes on afterwards', async () => {
		foreign.exec('begin immediate');

		const waiting = Array.from({ length: 40 }, send);
		const looks = [];
		for (let look = 0; look < 10; look += 1) {
			looks.push(await timed(() => fetch(`${hub.url}/healthz`)));
			looks.push(await timed(() => hub.call('GET', '/api/v1/events', undefined, workspace.apiKey)));
		}
		const refused = await Promise.all(waiting);
		const ready = await timed(() => fetch(`${hub.url}/readyz`));
		foreign.exec('commit');
		const accepted = await send();
		const { items } = (
			await hub.call('GET', '/api/v1/events?limit=200', undefined, workspace.apiKey)
		).body;

		expect(new Set(refused.map(({ answer }) => answer.status))).toEqual(new Set([503]));
		expect(Math.max(...refused.map(({ ms }) => ms))).toBeLessThan(LATEST_ANSWER_MS);
		expect(looks.map(({ answer }) => answer.status)).toEqual(Array(20).fill(200));
		expect(Math.max(...looks.map(({ ms }) => ms))).toBeLessThan(LIVELY_MS);
		expect(ready.answer.status).toBe(503);
		expect(accepted.answer.status).toBe(200);
		expect((items as { resourceId: string }[]).map((one) => one.resourceId)).toContain(
			accepted.answer.resourceId,
		);
		expect(hub.process.log()).toContain('Another program keeps the ledger locked');
		expect(hub.process.log()).not.toContain('cannot rollback');
	}, 60_000);
});
