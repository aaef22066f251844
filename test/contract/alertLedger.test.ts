import { createAlertLedger } from '../../hub-server/src/alerts/alertLedger';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, type LedgerFixture } from './ledgerFixture';

describe.each(ENGINES)('the alerts on %s', (engine) => {
	let hub: LedgerFixture;
	let alerts: ReturnType<typeof createAlertLedger>;
	beforeEach(async () => {
		hub = await ledgerFixture(engine);
		alerts = createAlertLedger(hub);
	});
	afterEach(() => hub.close());

	const trouble = () => ({
		workspaceId: hub.workspace.id,
		kind: 'reauth_required' as const,
		subject: 'grant-1',
		message: 'Connect again.',
	});

	it('tell one trouble once, however many find it at the same moment', async () => {
		const news = await Promise.all([
			alerts.raise(trouble()),
			alerts.raise(trouble()),
			alerts.raise(trouble()),
		]);

		expect(news.filter(Boolean)).toHaveLength(1);
		expect(await alerts.listOpen(hub.workspace.id)).toEqual([
			{
				id: expect.any(String),
				kind: 'reauth_required',
				subject: 'grant-1',
				message: 'Connect again.',
				raisedAt: '2026-11-02T09:00:00.000Z',
			},
		]);
	});

	it('are one kind of trouble at a time', async () => {
		await alerts.raise(trouble());

		expect(await alerts.raise({ ...trouble(), kind: 'app_keys_refused' })).toBe(true);

		expect(await alerts.openEverywhere()).toEqual([
			{ workspaceId: hub.workspace.id, kind: 'app_keys_refused' },
		]);
	});

	it('of any other kind stand beside each other, whatever they are about', async () => {
		await alerts.raise({ ...trouble(), kind: 'payload_put_aside' });
		await alerts.raise({ ...trouble(), kind: 'trigger_elsewhere' });

		expect((await alerts.openEverywhere()).map(({ kind }) => kind).sort()).toEqual([
			'payload_put_aside',
			'trigger_elsewhere',
		]);
	});

	it('are counted by kind, and shown to no other workspace', async () => {
		const other = await hub.workspaces.create({ name: 'Other' });
		await alerts.raise(trouble());
		await alerts.raise({ ...trouble(), workspaceId: other.id, kind: 'app_keys_refused' });

		expect(new Set(await alerts.openEverywhere())).toEqual(
			new Set([
				{ workspaceId: hub.workspace.id, kind: 'reauth_required' },
				{ workspaceId: other.id, kind: 'app_keys_refused' },
			]),
		);
		expect(await alerts.listOpen(other.id)).toHaveLength(1);
	});
});
