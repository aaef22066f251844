import { eventually } from '../../support/eventually';
import type { WorkflowNode } from '../../support/n8nServer/n8nClient';
import {
	PACK,
	START_TIMEOUT_MS,
	startN8nWithHub,
	type N8nWithHub,
} from '../../support/n8nServer/startN8nWithHub';

const TRIGGER = 'Events of the hub';

/** Two intervals of a trigger that looks every minute, which it waits after n8n was killed, and its round. */
const THREE_ROUNDS_MS = 200_000;

interface Delivery {
	readonly eventId: string;
	readonly status: string;
	readonly attempt: number;
}

/** What a run that was cut off leaves, only n8n itself can say. */
describe('a trigger that asks the hub for its events, in a running n8n', () => {
	let t: N8nWithHub;
	let tenantId: string;
	let accessToken: string;
	beforeAll(async () => {
		t = await startN8nWithHub();
		const [connection] = t.workspace.connections;
		tenantId = connection!.tenantId;
		accessToken = (await t.api('GET', `/connections/${connection!.id}/token`)).accessToken;
	}, START_TIMEOUT_MS);
	afterAll(async () => {
		await t?.close();
	}, 60_000);

	async function createContact(name: string): Promise<void> {
		const body = { Contacts: [{ Name: name }] };
		const token = { access_token: accessToken };
		const reply = await t.sandbox.call(token, tenantId, 'PUT', '/api.xro/2.0/Contacts', body);
		expect(reply.status).toBe(200);
	}

	const deliveries = async () => (await t.api('GET', '/deliveries')).items as readonly Delivery[];
	const untilDelivered = (count: number) =>
		eventually(
			`${count} acknowledged events`,
			async () => {
				const found = await deliveries();
				const done = found.filter(({ status }) => status === 'delivered');
				return done.length === count ? found : undefined;
			},
			{ timeoutMs: THREE_ROUNDS_MS },
		);

	it('starts a workflow once for an event, and again with the same id where n8n was killed in it', async () => {
		const trigger: WorkflowNode = {
			...{ name: TRIGGER, type: `${PACK}.xeroHubNoWebhookTrigger` },
			parameters: {
				...{ readFrom: 'hub', events: ['contact.created'] },
				...{ everyMinutes: 1, countAsTold: 'succeeded' },
			},
			credentials: { xeroHubApi: t.credential },
		};
		const slow: WorkflowNode = {
			...{ name: 'Slow', type: 'n8n-nodes-base.wait', typeVersion: 1.1 },
			parameters: { resume: 'timeInterval', amount: 15, unit: 'seconds' },
		};
		const id = await t.n8n.client.createWorkflow('Pulls', [trigger, slow]);
		await t.n8n.client.publish(id);
		const executions = async () => await t.n8n.client.executionIds(id);
		const untilStarted = async (count: number) =>
			await eventually(
				`execution ${count}`,
				async () => ((await executions()).length >= count ? true : undefined),
				{ timeoutMs: THREE_ROUNDS_MS },
			);

		await createContact('Told once');
		await untilStarted(1);
		const first = await t.n8n.client.nextExecution(id, []);
		await untilDelivered(1);
		await createContact('Cut off');
		await untilStarted(2);
		const known = await executions();
		await t.n8n.process.kill();
		await t.n8n.startAgain();
		await untilStarted(3);
		const again = await t.n8n.client.nextExecution(id, known);
		const [cutOff, told] = await untilDelivered(2);
		await t.n8n.client.unpublish(id);

		const ids = (execution: typeof first) =>
			execution.itemsOf(TRIGGER).map(({ json }) => json['id']);
		expect(ids(first)).toEqual([told?.eventId]);
		expect(ids(again)).toEqual([cutOff?.eventId]);
		expect([told?.attempt, cutOff?.attempt]).toEqual([1, 2]);
		expect(again.status).toBe('success');
		expect(await executions()).toHaveLength(3);
		expect((await t.api('GET', '/subscriptions')).items).toMatchObject([
			{ delivery: 'pull', status: 'parked' },
		]);
	}, 600_000);
});
