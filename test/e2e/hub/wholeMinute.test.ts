import { itemsOf, pairedItems, XERO_NODE, xeroWorkflow } from '../../nodes/support/xeroWorkflow';
import { freePort } from '../../support/freePort';
import { createEngine, type Engine } from '../../support/n8nEngine';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const COUNT = 3_000;

/** How late in the minute the run begins, so that the test waits for the rest of it only. */
const SECONDS_LEFT = 20;

/** Of the 60 that the hub lets into any minute; the run needs 60. */
const CALLS_OF_OTHERS = 30;

/** A call may take longer from the hub to Xero than a later one. */
const UNDERWAY_MS = 1_000;

let sandbox: StartedSandbox;
let hub: TestHub;
let engine: Engine;
let workspace: ProvisionedWorkspace;
let hubIsAheadMs = 0;

beforeAll(async () => {
	sandbox = await startSandbox({ autoConsent: 'first' });
	const port = await freePort();
	hub = await startTestHub({
		env: {
			HUB_PORT: String(port),
			HUB_PUBLIC_URL: `http://localhost:${port}`,
			XERO_LOGIN_URL: sandbox.url,
			XERO_IDENTITY_URL: sandbox.url,
			XERO_API_URL: sandbox.url,
		},
		now: () => Date.now() + hubIsAheadMs,
	});
	workspace = await provisionWorkspace(hub, sandbox, []);
	engine = await createEngine({
		credentials: { hub: { baseUrl: hub.hub.url, apiKey: workspace.apiKey } },
	});
});
afterAll(async () => {
	await hub.close();
	await sandbox.close();
});

/** Time passes for the hub and for Xero. */
const pass = async (seconds: number) => {
	hubIsAheadMs += seconds * 1_000;
	await sandbox.advanceClock(seconds);
};

it('lets 3,000 creates through at 60 calls in a minute, and Xero refuses none of them', async () => {
	const tenantId = String(workspace.connections[0]?.tenantId);
	const callOfOthers = `/api/v1/xero/${tenantId}/api.xro/2.0/Organisation`;
	await pass(120);
	await sandbox.forgetRequests();
	for (let call = 0; call < CALLS_OF_OTHERS; call += 1) {
		await hub.call('GET', callOfOthers, undefined, workspace.apiKey);
	}
	await pass(60 - SECONDS_LEFT);

	const execution = await engine.run(
		xeroWorkflow({
			parameters: {
				authentication: 'hub',
				resource: 'contact',
				operation: 'create',
				name: '={{ $json.name }}',
			},
		}),
		{ input: itemsOf(COUNT, (index) => ({ name: `Minute ${index}` })) },
	);

	const requests = await sandbox.requests();
	const tokens = await sandbox.authorise(workspace.app);
	await sandbox.setLimits({ minute: 1_000_000 });
	const path = '/api.xro/2.0/Contacts?where=Name.StartsWith(%22Minute%20%22)';
	const response = await sandbox.call(tokens, tenantId, 'GET', path);
	const { Contacts } = (await response.json()) as { Contacts: { Name: string }[] };
	expect(execution.error).toBeUndefined();
	expect(pairedItems(execution.itemsOf(XERO_NODE))).toEqual(
		Array.from({ length: COUNT }, (_, index) => index),
	);
	expect(requests.map(({ status }) => status)).toEqual(
		Array(CALLS_OF_OTHERS + COUNT / 50).fill(200),
	);
	const times = requests.map(({ at }) => Date.parse(at));
	const calls61Apart = times.slice(60).map((at, index) => at - (times[index] ?? 0));
	expect(Math.min(...calls61Apart)).toBeGreaterThan(60_000 - UNDERWAY_MS);
	expect(Contacts).toHaveLength(COUNT);
	expect(new Set(Contacts.map(({ Name }) => Name)).size).toBe(COUNT);
}, 120_000);
