import { markRestored } from '../../hub-server/src/administration/markRestored';
import { createAlertLedger } from '../../hub-server/src/alerts/alertLedger';
import { ConflictError, NotFoundError } from '../../hub-server/src/errors/requestErrors';
import { ENGINES } from '../support/freshLedger';
import { ledgerFixture, START, type LedgerFixture } from './ledgerFixture';

describe.each(ENGINES)('a restored ledger on %s', (engine) => {
	let hub: LedgerFixture;
	let alerts: ReturnType<typeof createAlertLedger>;
	beforeEach(async () => {
		hub = await ledgerFixture(engine);
		alerts = createAlertLedger(hub);
	});
	afterEach(() => hub.close());

	const open = async (workspaceId = hub.workspace.id) => {
		const [alert] = await alerts.listOpen(workspaceId);
		return alert;
	};

	it('says so in every workspace, with what healing takes and what is known', async () => {
		const other = await hub.workspaces.create({ name: 'Other' });
		await hub.subscribe(['*']);

		await markRestored(hub.db, { takenAt: START - 3600_000, lost: new Map() }, START);

		expect(await open()).toMatchObject({
			kind: 'restored_from_backup',
			message: expect.stringMatching(
				/backup of 2026-11-02T08:00Z\. .*unpublish and publish each\./,
			),
		});
		expect((await open())?.message).toContain('It knows https://n8n.example.com/webhook/one');
		expect((await open(other.id))?.message).toContain('It knows no workflow.');
	});

	it('names what was lost in the workspace that lost it, twenty of each at most', async () => {
		const workflows = Array.from({ length: 22 }, (_, n) => `https://n8n.example.com/${n}`);
		const lost = { workflows, apiKeys: ['n8n'], organisations: ['Demo'] };

		await markRestored(
			hub.db,
			{ takenAt: undefined, lost: new Map([[hub.workspace.id, lost]]) },
			START,
		);

		const { message = '' } = (await open()) ?? {};
		expect(message).toMatch(/^This hub was restored from a backup\. /);
		expect(message).toContain('https://n8n.example.com/19 and 2 more.');
		expect(message).toContain('which are at least n8n.');
		expect(message).toContain('Reconnect, which are at least Demo.');
	});

	it('is told anew by the next restoration, and is over once it was read', async () => {
		await markRestored(hub.db, { takenAt: START, lost: new Map() }, START);
		const first = await open();
		await markRestored(hub.db, { takenAt: START + 60_000, lost: new Map() }, START + 120_000);
		const second = await open();

		expect(second?.message).toContain('2026-11-02T09:01Z');
		await expect(alerts.acknowledge(hub.workspace.id, first?.id ?? '')).rejects.toThrow(
			NotFoundError,
		);
		const other = await hub.workspaces.create({ name: 'Other' });
		await expect(alerts.acknowledge(other.id, second?.id ?? '')).rejects.toThrow(NotFoundError);
		await alerts.acknowledge(hub.workspace.id, second?.id ?? '');
		expect(await open()).toBeUndefined();
	});

	it('takes no word for what ends by itself', async () => {
		const trouble = { kind: 'reauth_required' as const, subject: 'grant-1', message: 'Connect.' };
		await alerts.raise({ ...trouble, workspaceId: hub.workspace.id });
		const { id = '' } = (await open()) ?? {};

		await expect(alerts.acknowledge(hub.workspace.id, id)).rejects.toThrow(ConflictError);
	});
});
