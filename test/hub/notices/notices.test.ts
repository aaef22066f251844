import { Webhook } from 'standardwebhooks';
import { createAlertLedger } from '../../../hub-server/src/alerts/alertLedger';
import { endAlert } from '../../../hub-server/src/alerts/endAlert';
import { startNotices, type Notices } from '../../../hub-server/src/hub/startNotices';
import { createChannelStore } from '../../../hub-server/src/notices/channelStore';
import { createTargetGuard } from '../../../hub-server/src/relay/targetGuard';
import { anEvent, ledgerFixture, TENANT, type LedgerFixture } from '../../contract/ledgerFixture';
import { ENGINES } from '../../support/freshLedger';
import { startMailServer, type MailServer } from '../../support/mailServer';
import { startReceiver, type Received, type Receiver } from '../../support/receiver';
import { temporaryFolder } from '../../support/temporaryFolder';

const DAY_MS = 24 * 3600_000;
const OPERATOR_SECRET = `whsec_${Buffer.alloc(24, 3).toString('base64')}`;

describe.each(ENGINES)('alerts outside of the portal on %s', (engine) => {
	let f: LedgerFixture;
	let receiver: Receiver;
	let mail: MailServer;
	let notices: Notices;
	let channels: ReturnType<typeof createChannelStore>;
	let answers: number;
	let left: number | undefined;
	const folder = temporaryFolder();
	afterAll(() => folder.remove());

	beforeEach(async () => {
		answers = 200;
		left = undefined;
		f = await ledgerFixture(engine);
		receiver = await startReceiver((_request, response) => response.writeHead(answers).end());
		mail = await startMailServer();
		channels = createChannelStore(f);
		notices = startNotices({
			config: {
				alertWebhook: { url: `${receiver.url}/operator`, secret: OPERATOR_SECRET },
				smtp: { url: mail.url, from: 'hub@example.com' },
				publicUrl: 'https://hub.example.com',
				dataDir: folder.path,
				databaseUrl: undefined,
			},
			stores: {
				database: { db: f.db, engine, close: async () => {} },
				workspaces: f.workspaces,
				alertChannels: channels,
			},
			xero: {
				connections: f.connections,
				readDayBudgets: async (asked) =>
					asked.map(() =>
						left === undefined ? undefined : { left, at: f.now(), fullAt: undefined },
					),
			},
			targets: createTargetGuard({ allowedBaseUrls: async () => [receiver.url] }),
			alerts: createAlertLedger(f),
			log: { warn() {}, error() {} },
			now: f.now,
			uptime: () => performance.now(),
		});
	});
	afterEach(async () => {
		await notices.stop();
		await Promise.all([f.close(), receiver.close(), mail.close()]);
	});

	const to = (path: string): readonly Received[] =>
		receiver.received.filter((request) => request.path === path);
	const raise = () =>
		createAlertLedger(f).raise({
			workspaceId: f.workspace.id,
			kind: 'payload_put_aside',
			subject: '17',
			message: 'Look at payload 17.',
		});
	/** The alert is gone, and stays so for a minute. */
	async function end() {
		await endAlert(f.db, { kind: 'payload_put_aside' }, f.now());
		await notices.settled();
		f.advance(61_000);
		await notices.settled();
		await notices.settled();
	}

	it('go out signed, as Slack takes them and by e-mail, each once with its end', async () => {
		const secrets = await channels.replace(f.workspace.id, [
			{ kind: 'webhook', url: `${receiver.url}/signed` },
			{ kind: 'slack', url: `${receiver.url}/slack` },
			{ kind: 'email', to: ['one@example.com', 'two@example.com'] },
		]);
		await raise();
		await notices.settled();
		await notices.settled();
		await end();

		const [secret = ''] = secrets.values();
		const told = to('/signed').map(
			({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> },
		);
		expect(told.map(({ type }) => type)).toEqual(['alert.raised', 'alert.ended']);
		expect(told[0]?.data).toMatchObject({
			kind: 'payload_put_aside',
			title: 'Something that Xero sent was put aside',
			message: 'Look at payload 17.',
			workspace: { slug: 'acme', name: 'Acme' },
			endedAt: null,
		});
		expect(secret).toMatch(/^whsec_/);

		expect(to('/slack').map(({ body }) => Object.keys(JSON.parse(body) as object))).toEqual([
			['text'],
			['text'],
		]);
		expect(to('/slack')[0]?.body).toContain('https://hub.example.com/w/acme');

		expect(mail.mails).toHaveLength(2);
		expect(mail.mails[0]?.to).toEqual(['one@example.com', 'two@example.com']);
		expect(mail.mails[0]?.text).toContain('Look at payload 17.');
		expect(mail.mails[1]?.text).toMatch(/Subject: .*Ended/);
	});

	it('are signed with the secret of the channel, and the operator’s with theirs', async () => {
		f.advance(Date.now() - f.now());
		const secrets = await channels.replace(f.workspace.id, [
			{ kind: 'webhook', url: `${receiver.url}/signed` },
		]);
		await raise();
		await notices.settled();

		const [own = ''] = secrets.values();
		for (const [path, secret] of [
			['/signed', own],
			['/operator', OPERATOR_SECRET],
		] as const) {
			const [request] = to(path);
			const headers = request?.headers as Record<string, string>;
			expect(() => new Webhook(secret).verify(request?.body ?? '', headers)).not.toThrow();
		}
	});

	it('are tried again where a channel does not take them, and its page says why', async () => {
		await channels.replace(f.workspace.id, [{ kind: 'slack', url: `${receiver.url}/slack` }]);
		answers = 500;
		await raise();
		await notices.settled();
		expect(await channels.list(f.workspace.id)).toMatchObject([
			{ target: `${receiver.url}/…`, lastToldAt: null, lastError: 'It answered 500.' },
		]);

		answers = 200;
		f.advance(10_000);
		await notices.settled();

		expect(to('/slack')).toHaveLength(2);
		expect(await channels.list(f.workspace.id)).toMatchObject([
			{ lastToldAt: expect.any(String), lastError: null },
		]);
	});

	it('go nowhere that deliveries may not go', async () => {
		await channels.replace(f.workspace.id, [{ kind: 'slack', url: 'http://127.0.0.1:9/private' }]);
		await raise();
		await notices.settled();

		expect(await channels.list(f.workspace.id)).toMatchObject([
			{ lastError: expect.stringContaining('not a public address') },
		]);
	});

	it('are not told to a channel that was removed', async () => {
		await channels.replace(f.workspace.id, [{ kind: 'slack', url: `${receiver.url}/slack` }]);
		await channels.replace(f.workspace.id, []);
		await raise();
		await notices.settled();

		expect(to('/slack')).toEqual([]);
		expect(to('/operator')).toHaveLength(1);
	});

	describe('are raised by themselves', () => {
		const kinds = async () => (await createAlertLedger(f).openEverywhere()).map(({ kind }) => kind);

		it('when Xero sends nothing any more that used to send every day, until it does', async () => {
			await f.connect(f.workspace.id, TENANT, 'CLIENT');
			await f.db.updateTable('app_keys').set({ handshake_at: f.now() }).execute();
			for (let day = 0; day < 8; day += 1) {
				await f.accept([anEvent()]);
				f.advance(DAY_MS);
			}
			f.advance(2.9 * DAY_MS);
			await notices.settled();
			expect(await kinds()).toEqual([]);

			f.advance(0.2 * DAY_MS);
			await notices.settled();
			expect(await kinds()).toEqual(['webhook_silent']);

			await f.accept([anEvent()]);
			await notices.settled();
			expect(await kinds()).toEqual([]);
		});

		it('with a gap a day for what Xero does not send, so that it is read', async () => {
			await f.subscribe(['contact.updated']);
			await f.connect(f.workspace.id, TENANT, 'CLIENT');
			await f.db.updateTable('app_keys').set({ handshake_at: f.now() }).execute();
			for (let day = 0; day < 8; day += 1) {
				await f.accept([anEvent()]);
				f.advance(DAY_MS);
			}
			const last = f.now() - DAY_MS;
			f.advance(4 * DAY_MS);
			await notices.settled();
			await f.db.updateTable('gaps').set({ state: 'repaired', repaired_at: 1 }).execute();
			const noticed = f.now();
			f.advance(DAY_MS / 2);
			await notices.settled();
			f.advance(DAY_MS / 2);

			await notices.settled();

			const gaps = await f.db
				.selectFrom('gaps')
				.select(['kind', 'from_at', 'until_at'])
				.orderBy('id')
				.execute();
			expect(gaps).toEqual([
				{ kind: 'disabled', from_at: last, until_at: noticed },
				{ kind: 'disabled', from_at: noticed, until_at: f.now() },
			]);
		});

		it('not for a workspace that gets something now and then', async () => {
			await f.connect(f.workspace.id, TENANT, 'CLIENT');
			await f.db.updateTable('app_keys').set({ handshake_at: f.now() }).execute();
			await f.accept([anEvent()]);
			f.advance(30 * DAY_MS);

			await notices.settled();

			expect(await kinds()).toEqual([]);
		});

		it('when a tenth of the day’s calls is left, until there are more', async () => {
			await f.connect(f.workspace.id, TENANT, 'CLIENT');
			left = 99;
			await notices.settled();
			expect(await kinds()).toEqual(['day_budget_low']);

			left = 1_000;
			await notices.settled();
			expect(await kinds()).toEqual([]);
		});
	});
});
