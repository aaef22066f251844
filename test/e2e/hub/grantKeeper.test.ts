import { eventually } from '../../support/eventually';
import { freePort } from '../../support/freePort';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import {
	startSandboxProcess,
	xeroIsSandbox,
	type SandboxProcess,
} from '../../support/sandboxProcess';
import { temporaryFolder } from '../../support/temporaryFolder';
import { movedClock, type ClockMove } from './movedClock';

const DAY_MS = 86_400_000;

/** Xero ends a refresh token that nobody used for 60 days. */
describe('a consent that no workflow uses', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let sandbox: SandboxProcess;
	let hub: HubProcess;
	let workspace: ProvisionedWorkspace;
	let port: number;

	beforeEach(async () => {
		folder = temporaryFolder();
		sandbox = await startSandboxProcess();
		port = await freePort();
		hub = await startHub({});
		workspace = await provisionWorkspace(hub, sandbox, []);
		await hub.process.stop();
		await sandbox.forgetRequests();
	}, 60_000);
	afterEach(async () => {
		await hub.process.stop();
		await sandbox.process.stop();
		folder.remove();
	}, 60_000);

	async function startHub(clock: ClockMove): Promise<HubProcess> {
		const { nodeArgs, env } = movedClock(clock);
		return startHubProcess({
			dataDir: folder.path,
			port,
			nodeArgs,
			env: { ...xeroIsSandbox(sandbox.url), ...env },
		});
	}
	const days = (count: number) => sandbox.advanceClock((count * DAY_MS) / 1000);
	const untilKept = () =>
		eventually('the hub to keep the grant', async () =>
			hub.process.log().includes('Kept an idle grant alive.') ? true : undefined,
		);
	const callXero = async () => {
		const path = `/api/v1/xero/${workspace.connections[0]?.tenantId}/api.xro/2.0/Organisation`;
		return hub.call('GET', path, undefined, workspace.apiKey);
	};

	it('is refreshed by a running hub after four weeks, so that it works after 62 days', async () => {
		await days(31);
		// Eight days pass in seventeen seconds; a slow machine needs some of them for the start.
		hub = await startHub({ aheadMs: 24 * DAY_MS, speed: 40_000 });
		expect(hub.process.log()).not.toContain('Kept an idle grant alive.');
		await untilKept();
		await hub.process.stop();
		const asked = await sandbox.requests();
		await days(31);
		hub = await startHub({ aheadMs: 62 * DAY_MS });

		const answer = await callXero();

		expect(new Set(asked.map(({ path, status }) => `${path} ${status}`))).toEqual(
			new Set(['/connect/token 200']),
		);
		expect(answer.status).toBe(200);
	}, 120_000);

	it('is refreshed at the start of a hub that was off for 50 days', async () => {
		await days(50);
		hub = await startHub({ aheadMs: 50 * DAY_MS });

		await untilKept();

		expect((await sandbox.requests()).map(({ path, status }) => [path, status])).toEqual([
			['/connect/token', 200],
		]);
	}, 60_000);

	it('is told to be over by a hub that was off for 61 days, before any workflow meets it', async () => {
		await days(61);
		hub = await startHub({ aheadMs: 61 * DAY_MS });

		const alerts = await eventually('an alert', async () => {
			const { body } = await hub.call('GET', '/api/v1/alerts', undefined, workspace.apiKey);
			return body.items.length > 0 ? body.items : undefined;
		});

		expect(alerts).toEqual([expect.objectContaining({ kind: 'reauth_required' })]);
		expect((await callXero()).body.code).toBe('reauth_required');
	}, 60_000);
});
