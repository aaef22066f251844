import { eventually } from '../../support/eventually';
import { freePort } from '../../support/freePort';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import { startReceiver, type Receiver } from '../../support/receiver';
import {
	startSandboxProcess,
	xeroIsSandbox,
	type SandboxProcess,
} from '../../support/sandboxProcess';
import { temporaryFolder } from '../../support/temporaryFolder';
import { movedClock } from './movedClock';

const HOUR_MS = 3600_000;

/** Records that change while the hub is down: half contacts, half invoices. */
const CHANGED = 500;

/** A hub that is down for an hour, and Xero's webhooks with nobody to take them. */
describe('500 changes while the hub is down', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let sandbox: SandboxProcess;
	let receiver: Receiver;
	let hub: HubProcess;
	let workspace: ProvisionedWorkspace;
	let tenantId: string;
	let port: number;

	beforeEach(async () => {
		folder = temporaryFolder();
		[sandbox, receiver, port] = await Promise.all([
			startSandboxProcess(),
			startReceiver(),
			freePort(),
		]);
	}, 60_000);
	afterEach(async () => {
		await hub.process.stop();
		await sandbox.process.stop();
		await receiver.close();
		folder.remove();
	}, 60_000);

	async function startHub(sync: 'on' | 'off', aheadMs = 0): Promise<void> {
		const { nodeArgs, env } = movedClock({ aheadMs });
		const settings = { ...xeroIsSandbox(sandbox.url), ...env, HUB_SYNC: sync };
		hub = await startHubProcess({ dataDir: folder.path, port, nodeArgs, env: settings });
	}
	const asked = async (path: string) =>
		(await hub.call('GET', `/api/v1${path}`, undefined, workspace.apiKey)).body;
	async function connect() {
		workspace = await provisionWorkspace(hub, sandbox, [receiver.url]);
		tenantId = workspace.connections[0]!.tenantId;
		const events = ['contact.created', 'contact.updated', 'invoice.created', 'invoice.updated'];
		const wish = {
			...{ url: `${receiver.url}/workflow`, tenantIds: [tenantId] },
			events: [...events, 'bill.created', 'bill.updated'],
		};
		const { status } = await hub.call('POST', '/api/v1/subscriptions', wish, workspace.apiKey);
		expect(status).toBe(201);
	}
	async function changeWhileDown() {
		await hub.process.stop();
		await sandbox.advanceClock(HOUR_MS / 2 / 1000);
		const half = CHANGED / 2;
		await sandbox.seed(tenantId, { contacts: half, invoices: half, events: true });
		await sandbox.advanceClock(HOUR_MS / 2 / 1000);
	}
	const bodies = () =>
		receiver.received.map(
			({ body }) => JSON.parse(body) as { source: string; resource: { id: string } },
		);
	const repaired = () =>
		eventually('the repair', async () => {
			const { items } = await asked('/gaps');
			const [gap] = items as Array<{ state: string; message: string; recovered: object }>;
			return gap?.state === 'repaired' ? gap : undefined;
		});
	/** Xero sends what it could not deliver again, for a day. */
	async function untilLateWebhooksCame() {
		await sandbox.advanceClock((2 * HOUR_MS) / 1000);
		await eventually('the late webhooks', async () => {
			const { apps } = await sandbox.state();
			const app = apps.find(({ clientId }) => clientId === workspace.app.clientId);
			return app?.pendingEvents === 0 ? true : undefined;
		});
	}

	it('all reach a workflow once, where webhooks alone had told until then', async () => {
		await startHub('off');
		await connect();
		const { id } = workspace.connections[0]!;
		await hub.call('PATCH', `/api/v1/connections/${id}`, { syncs: false }, workspace.apiKey);
		await changeWhileDown();

		await startHub('off', HOUR_MS);
		const found = await eventually('the gap', async () => (await asked('/gaps')).items[0]);
		const alerts = (await asked('/alerts')).items;
		await hub.process.stop();
		await startHub('on', HOUR_MS);
		await receiver.until(CHANGED);
		const gap = await repaired();
		await untilLateWebhooksCame();

		expect(found).toMatchObject({ kind: 'outage', state: 'waiting', waitingFor: 'sync_off' });
		expect(alerts).toMatchObject([{ kind: 'gap_not_repaired' }]);
		expect((await asked('/alerts')).items).toEqual([]);
		expect((await asked(`/gaps?tenantId=${tenantId}`)).items).toHaveLength(1);
		expect((await asked(`/gaps?tenantId=${workspace.app.clientId}`)).code).toBe('invalid_request');
		expect(gap.recovered).toMatchObject({ events: CHANGED });
		expect(gap.message).toContain(`${CHANGED} changes that nobody had told`);
		expect(new Set(bodies().map(({ resource }) => resource.id)).size).toBe(CHANGED);
		expect(receiver.received).toHaveLength(CHANGED);
		expect(new Set(bodies().map(({ source }) => source))).toEqual(new Set(['sync']));
		const streams = (await asked('/syncs')).items as ReadonlyArray<{ readonly tenantId: string }>;
		expect(streams.filter((stream) => stream.tenantId === tenantId)).toEqual([]);
	}, 60_000);

	it('all reach a workflow once, where syncs run as well', async () => {
		await startHub('on');
		await connect();
		await eventually('the baselines', async () => {
			const { items } = await asked('/syncs?limit=100');
			const done = (items as Array<{ tenantId: string; baselineAt: string | null }>).filter(
				(one) => one.tenantId === tenantId && one.baselineAt !== null,
			);
			return done.length >= 6 ? true : undefined;
		});
		await changeWhileDown();

		await startHub('on', HOUR_MS);
		await receiver.until(CHANGED);
		await repaired();
		await untilLateWebhooksCame();

		expect(new Set(bodies().map(({ resource }) => resource.id)).size).toBe(CHANGED);
		expect(receiver.received).toHaveLength(CHANGED);
	}, 60_000);
});
