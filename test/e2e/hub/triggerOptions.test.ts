import { randomUUID } from 'node:crypto';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/freePort';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { createEngine, type Engine } from '../../support/n8nEngine';
import { provision, type Provisioned } from '../../support/provision';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { temporaryFolder } from '../../support/temporaryFolder';

const TRIGGER = 'When something happens';

/** The trigger's filters and samples, against a hub process and in n8n's own engine. */
describe('the trigger, at a real hub', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let hub: HubProcess;
	let workspace: Provisioned;
	let n8nPort: number;
	let engine: Engine;

	beforeAll(async () => {
		folder = temporaryFolder();
		n8nPort = await freePort();
		hub = await startHubProcess({ dataDir: folder.path, env: { HUB_SYNC: 'on' } });
		workspace = await provision(hub, { n8nBaseUrls: [`http://127.0.0.1:${n8nPort}`] });
		engine = await createEngine({
			credentials: { hub: { baseUrl: hub.url, apiKey: workspace.apiKey } },
		});
	}, 60_000);
	afterAll(async () => {
		await hub.process.stop();
		folder.remove();
	});

	const workflow = (parameters: object) => ({
		nodes: [
			{
				id: randomUUID(),
				name: TRIGGER,
				type: 'n8n-nodes-xero-hub.xeroHubTrigger',
				typeVersion: 1,
				position: [0, 0] as [number, number],
				webhookId: randomUUID(),
				parameters: { ...parameters },
				credentials: { xeroHubApi: { id: 'hub', name: 'Xero Hub' } },
			},
		],
	});
	const subscriptions = async () =>
		(await hub.call('GET', '/api/v1/subscriptions', undefined, workspace.apiKey)).body
			.items as readonly { readonly filter: object | null; readonly events: readonly string[] }[];

	it('keeps every filter that the node can ask for, and the node finds it again', async () => {
		const filters = {
			...{ documentTypes: ['ACCREC'], statuses: ['AUTHORISED'], minTotal: 1, maxTotal: 9 },
			...{ contactIds: randomUUID(), changed: 'Status', causedByOthersOnly: true, overdueDays: 7 },
		};
		const events = ['invoice.overdue', 'bank_statement.rejected', 'item.deleted', 'quote.updated'];
		const one = workflow({ events, filters });

		await engine.hook(one, 'create', { webhookBaseUrl: `http://127.0.0.1:${n8nPort}` });

		expect(await subscriptions()).toMatchObject([
			{
				events,
				filter: { ...filters, contactIds: [filters.contactIds], changed: ['Status'] },
			},
		]);
		const again = { webhookBaseUrl: `http://127.0.0.1:${n8nPort}` };
		expect(await engine.hook(one, 'checkExists', again)).toBe(true);
		await engine.hook(one, 'delete', again);
	});

	it.each([
		[
			'example',
			{ type: 'contact.archived', sample: 'example', record: { ContactStatus: 'ARCHIVED' } },
		],
		['latest', { type: 'contact.archived', sample: 'example' }],
	])(
		'sends a listener the %s',
		async (testEvent, body) => {
			const events = ['contact.archived'];
			const one = workflow({ events, testEvent, options: { hydrate: true } });

			const listener = await engine.listen(one, { port: n8nPort, test: true });
			const execution = await listener.executions.next();
			await listener.close();

			expect(execution.itemsOf(TRIGGER).map(({ json }) => json)).toMatchObject([body]);
		},
		30_000,
	);

	it('sends a listener the latest event that there was', async () => {
		const payload = payloadOf(xeroEvent());
		await postWebhook(workspace.webhookUrl, payload, signatureOf(payload, workspace.webhookKey));
		const told = await eventually('the event', async () => {
			const { items } = (await hub.call('GET', '/api/v1/events', undefined, workspace.apiKey)).body;
			return (items as readonly { readonly id: string }[])[0];
		});
		const one = workflow({ events: ['contact.updated', 'contact.created'], testEvent: 'latest' });

		const listener = await engine.listen(one, { port: n8nPort, test: true });
		const execution = await listener.executions.next();
		await listener.close();

		expect(execution.itemsOf(TRIGGER).map(({ json }) => json)).toMatchObject([
			{ id: told.id, sample: 'latest', source: 'replay' },
		]);
	}, 30_000);
});
