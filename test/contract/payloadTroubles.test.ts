import { createFindPayloadTroubles } from '../../hub-server/src/webhooks/payloadTroubles';
import { createWaitingPayloads } from '../../hub-server/src/webhooks/waitingPayloads';
import { ENGINES } from '../support/freshLedger';
import { anEvent, ledgerFixture, START, type LedgerFixture } from './ledgerFixture';
import { NO_WEBHOOK_KEYS } from '../support/noWebhookKeys';

const MINUTE = 60_000;

describe.each(ENGINES)('payloads that wait too long on %s', (engine) => {
	let f: LedgerFixture;
	beforeEach(async () => {
		f = await ledgerFixture(engine);
	});
	afterEach(() => f.close());

	const put = (workspaceId: string) =>
		f.inbox.accept({
			workspaceId,
			body: Buffer.from(JSON.stringify({ events: [anEvent()] })),
			signedWith: 'current',
			keysVersion: NO_WEBHOOK_KEYS,
		});

	it('are an alert of their workspace after five minutes, until they are routed', async () => {
		const find = createFindPayloadTroubles(f);
		const other = await f.workspaces.create({ name: 'Other' });
		await put(f.workspace.id);
		f.advance(5 * MINUTE);
		await put(other.id);
		expect(await find()).toEqual([]);

		f.advance(1);

		expect(await find()).toEqual([
			expect.objectContaining({
				workspaceId: f.workspace.id,
				kind: 'routing_behind',
				since: START,
			}),
		]);
		expect(await find(f.workspace.id)).toHaveLength(1);
		expect(await find(other.id)).toEqual([]);
		while ((await f.route(25)).isMoreWaiting);
		expect(await find()).toEqual([]);
	});

	it('are told by the oldest one, of each workspace and of all', async () => {
		const waiting = createWaitingPayloads(f.db);
		const other = await f.workspaces.create({ name: 'Other' });
		expect(await waiting.oldestOfAll()).toBeUndefined();
		await put(f.workspace.id);
		f.advance(MINUTE);
		await Promise.all([put(f.workspace.id), put(other.id)]);

		expect(await waiting.oldestOfAll()).toBe(START);
		expect(
			new Map((await waiting.oldest()).map((one) => [one.workspaceId, one.receivedAt])),
		).toEqual(
			new Map([
				[f.workspace.id, START],
				[other.id, START + MINUTE],
			]),
		);
	});
});
