import { createHmac } from 'node:crypto';
import type { AcceptedPayload, InboxAnswer } from '../../../hub-server/src/webhooks/inbox';
import type { SigningKey } from '../../../hub-server/src/workspaces/SigningKey';
import { createReceiveWebhook } from '../../../hub-server/src/webhooks/receiveWebhook';
import { createWebhookKeyCache } from '../../../hub-server/src/webhooks/webhookKeys';

const sign = (body: string, key: string) => createHmac('sha256', key).update(body).digest('base64');

function setUp({
	accept = async () => 'kept',
	ackDeadlineMs = 3_000,
}: {
	accept?: () => Promise<InboxAnswer>;
	ackDeadlineMs?: number;
} = {}) {
	const stored: AcceptedPayload[] = [];
	const faults: string[] = [];
	const clock = { at: 0 };
	const app: { keys: SigningKey[] } = { keys: [{ name: 'current', key: 'key-1' }] };
	let reads = 0;
	const receive = createReceiveWebhook({
		keys: createWebhookKeyCache(
			{
				async signingKeys(slug) {
					reads += 1;
					return slug === 'acme'
						? { workspaceId: 'ws-1', keys: app.keys, version: app.keys[0]?.key ?? '' }
						: undefined;
				},
			},
			() => clock.at,
		),
		inbox: {
			async accept(payload) {
				stored.push(payload);
				return accept();
			},
		},
		onFault: (fault) => faults.push(fault),
		ackDeadlineMs,
	});
	return { receive, stored, faults, clock, app, reads: () => reads };
}

const BODY = '{"events":[]}';

describe('receiving a webhook', () => {
	it('stores what is signed with the key of the workspace', async () => {
		const { receive, stored } = setUp();

		const answer = await receive('acme', Buffer.from(BODY), sign(BODY, 'key-1'));

		expect(answer).toBe(200);
		expect(stored).toMatchObject([{ workspaceId: 'ws-1', signedWith: 'current' }]);
	});

	it('refuses a wrong signature and stores nothing', async () => {
		const { receive, stored } = setUp();

		expect(await receive('acme', Buffer.from(BODY), sign(BODY, 'key-2'))).toBe(401);
		expect(await receive('acme', Buffer.from(BODY), undefined)).toBe(401);
		expect(stored).toEqual([]);
	});

	it('knows no unknown workspace', async () => {
		const { receive } = setUp();

		expect(await receive('other', Buffer.from(BODY), sign(BODY, 'key-1'))).toBe(404);
	});

	it('accepts a new key a second after it was saved, though the old one is cached', async () => {
		const { receive, app, clock } = setUp();
		await receive('acme', Buffer.from(BODY), sign(BODY, 'key-1'));
		app.keys = [{ name: 'current', key: 'key-2' }];
		clock.at += 1_000;

		expect(await receive('acme', Buffer.from(BODY), sign(BODY, 'key-2'))).toBe(200);
	});

	it('takes no key that was taken away by another process, though it is cached', async () => {
		const { receive, app } = setUp({ accept: async () => (app.keys[0] ? 'kept' : 'keys_changed') });
		await receive('acme', Buffer.from(BODY), sign(BODY, 'key-1'));
		app.keys = [];

		expect(await receive('acme', Buffer.from(BODY), sign(BODY, 'key-1'))).toBe(401);
	});

	it('verifies anew what came while the keys were saved, and keeps it where it still fits', async () => {
		const answers: InboxAnswer[] = ['keys_changed', 'kept'];
		const { receive, reads } = setUp({ accept: async () => answers.shift()! });

		expect(await receive('acme', Buffer.from(BODY), sign(BODY, 'key-1'))).toBe(200);
		expect(reads()).toBe(2);
	});

	it('does not turn forged posts into database reads', async () => {
		const { receive, reads } = setUp();

		for (let post = 0; post < 100; post += 1) await receive('acme', Buffer.from(BODY), 'forged');

		expect(reads()).toBe(1);
	});

	it('asks Xero to come again when the database refuses, and says why to the operator', async () => {
		const { receive, faults } = setUp({
			accept: () => Promise.reject(new Error('disk full')),
		});

		expect(await receive('acme', Buffer.from(BODY), sign(BODY, 'key-1'))).toBe(503);
		expect(faults).toEqual(['workspace acme: the payload was not stored']);
	});

	it('asks Xero to come again when the commit takes longer than it may', async () => {
		const { receive } = setUp({ accept: () => new Promise(() => {}), ackDeadlineMs: 10 });

		expect(await receive('acme', Buffer.from(BODY), sign(BODY, 'key-1'))).toBe(503);
	});
});
