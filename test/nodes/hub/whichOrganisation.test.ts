import { NodeApiError, type INode, type INodeParameters } from 'n8n-workflow';

import { createEngine, type Engine } from '../../support/n8nEngine';
import { provisionPortal, type ProvisionedPortal } from '../../support/portal/provisionPortal';
import { startPortal, type StartedPortal } from '../../support/portal/startPortal';
import { itemsOf, XERO_NODE, xeroNode, xeroWorkflow } from '../support/xeroWorkflow';

/** Node, hub and sandbox: the workspace holds every organisation of the sandbox. */
let portal: StartedPortal;
let acme: ProvisionedPortal;
let engine: Engine;
let connections: ReadonlyArray<{ id: string; tenantId: string; tenantName: string }>;

beforeAll(async () => {
	portal = await startPortal({ autoConsent: 'all', env: { HUB_SYNC: 'off' } });
	acme = await provisionPortal(portal, ['http://127.0.0.1:5678']);
	engine = await createEngine({
		credentials: { hub: { baseUrl: portal.hub.hub.url, apiKey: acme.apiKey } },
	});
	connections = (await call('GET', '')).items;
}, 120_000);
afterAll(async () => {
	await portal.close();
});

async function call(method: string, path: string, body?: unknown) {
	const { status, body: answer } = await portal.hub.call(
		method,
		`/api/v1/connections${path}`,
		body,
		acme.apiKey,
	);
	if (status >= 300) throw new Error(`${status} ${JSON.stringify(answer)}`);
	return answer;
}

/** Switches every other organisation off. */
async function enableOnly(...tenantIds: readonly string[]): Promise<void> {
	for (const { id, tenantId } of connections) {
		await call('PATCH', `/${id}`, { enabled: tenantIds.includes(tenantId) });
	}
}

const viaHub = (parameters: INodeParameters): INodeParameters => ({
	authentication: 'hub',
	...parameters,
});
const readOrganisation = async () =>
	await engine.run(
		xeroWorkflow({ parameters: viaHub({ resource: 'organisation', operation: 'get' }) }),
		{ input: itemsOf(1, () => ({})) },
	);
const pickContacts = async () => await engine.pick(xeroNode(viaHub({})), 'searchContacts');

function triggerWorkflow(parameters: INodeParameters = {}) {
	const trigger: INode = {
		...{ id: 'trigger', name: 'Trigger', type: 'n8n-nodes-xero-hub.xeroHubTrigger' },
		...{ typeVersion: 1, position: [0, 0], webhookId: 'which' },
		parameters: { events: ['invoice.updated'], ...parameters },
		credentials: { xeroHubApi: { id: 'hub', name: 'Hub' } },
	};
	return { id: 'which', nodes: [trigger] };
}

describe('an empty Organisation, through the hub', () => {
	it('is the only one that is enabled, whatever else is connected', async () => {
		const [, second] = connections;
		await enableOnly(second!.tenantId);

		const execution = await readOrganisation();
		const picked = await pickContacts();

		expect(connections.length).toBeGreaterThan(1);
		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf(XERO_NODE)[0]?.json['Name']).toBe(second!.tenantName);
		expect(picked.results.length).toBeGreaterThan(0);
	});

	it('is refused with the names where several are enabled, by the node and by its lists', async () => {
		await enableOnly(...connections.map(({ tenantId }) => tenantId));

		const { error } = await readOrganisation();
		const refusal = await pickContacts().catch((cause: unknown) => cause);

		const message = `Choose an organisation: this connection reaches ${connections.length}`;
		expect(error?.message).toContain(message);
		expect(refusal).toBeInstanceOf(NodeApiError);
		expect(refusal).toMatchObject({ message });
		for (const { tenantName, tenantId } of connections) {
			expect(error?.description).toContain(`${tenantName} (${tenantId})`);
			expect((refusal as NodeApiError).description).toContain(tenantName);
		}
	});

	describe('where none is enabled', () => {
		const refusal = {
			message: expect.stringContaining('No organisation of Xero is connected'),
			description: expect.stringContaining('on the Organisations page of the hub'),
		};
		beforeAll(async () => {
			await enableOnly();
		});

		it('is refused with the way to connect one, by the node and by its lists', async () => {
			const { error } = await readOrganisation();

			expect(error).toMatchObject(refusal);
			await expect(pickContacts()).rejects.toMatchObject(refusal);
		});

		it('lets nobody wait for a test event that cannot come', async () => {
			await expect(engine.hook(triggerWorkflow(), 'create', { test: true })).rejects.toMatchObject(
				refusal,
			);
		});

		it('lets a trigger ask for an example, and be published for what is connected later', async () => {
			const listening = triggerWorkflow({ testEvent: 'example' });

			await engine.hook(listening, 'create', { test: true });
			await engine.hook(triggerWorkflow(), 'create');

			expect(await engine.hook(triggerWorkflow(), 'checkExists')).toBe(true);
		});
	});
});
