import { randomUUID } from 'node:crypto';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/freePort';
import { startHubProcess, type HubProcess } from '../../support/hubProcess';
import { createEngine, type Engine } from '../../support/n8nEngine';
import { provision, type Provisioned } from '../../support/provision';
import { payloadOf, postWebhook, signatureOf, xeroEvent } from '../../support/signedWebhook';
import { temporaryFolder } from '../../support/temporaryFolder';

const TRIGGER = 'When a contact changes';

/** The hub as a process of its own, and a workflow in n8n's own engine. */
describe('what may go wrong between Xero and a workflow', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let hub: HubProcess;
	let workspace: Provisioned;
	let n8nPort: number;
	let engine: Engine;
	const workflow = {
		nodes: [
			{
				id: randomUUID(),
				name: TRIGGER,
				type: 'n8n-nodes-xero-hub.xeroHubTrigger',
				typeVersion: 1,
				position: [0, 0] as [number, number],
				webhookId: randomUUID(),
				parameters: { events: ['contact.updated'] },
				credentials: { xeroHubApi: { id: 'hub', name: 'Xero Hub' } },
			},
		],
	};

	beforeEach(async () => {
		folder = temporaryFolder();
		n8nPort = await freePort();
		hub = await startHubProcess({ dataDir: folder.path });
		workspace = await provision(hub, { n8nBaseUrls: [`http://127.0.0.1:${n8nPort}`] });
		engine = await createEngine({
			credentials: { hub: { baseUrl: hub.url, apiKey: workspace.apiKey } },
		});
	});
	afterEach(async () => {
		await hub.process.stop();
		folder.remove();
	});

	const api = async (path: string) =>
		(await hub.call('GET', `/api/v1${path}`, undefined, workspace.apiKey)).body;
	const post = (body: string, signature = signatureOf(body, workspace.webhookKey)) =>
		postWebhook(workspace.webhookUrl, body, signature);
	const restartHub = async () => {
		const port = Number(new URL(hub.url).port);
		hub = await startHubProcess({ dataDir: folder.path, port });
	};

	it('answers a good webhook with 200, no body and no cookie', async () => {
		const response = await post(payloadOf(xeroEvent()));

		expect(response.status).toBe(200);
		expect(response.headers.get('content-length')).toBe('0');
		expect(response.headers.get('set-cookie')).toBeNull();
		expect(await response.text()).toBe('');
	});

	it('answers one wrong character in the signature with 401 and stores nothing', async () => {
		const body = payloadOf(xeroEvent());
		const signature = signatureOf(body, workspace.webhookKey);
		const wrong = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1);

		const response = await post(body, wrong);

		expect(response.status).toBe(401);
		expect(await response.text()).toBe('');
		expect((await api('/events')).items).toEqual([]);
	});

	it('runs the workflow once for a payload that comes three times', async () => {
		const listener = await engine.listen(workflow, { port: n8nPort });
		const body = payloadOf(xeroEvent());

		const statuses = [await post(body), await post(body), await post(body)].map((r) => r.status);
		await listener.executions.next();
		const last = xeroEvent();
		await post(payloadOf(last));
		await listener.executions.next();

		expect(statuses).toEqual([200, 200, 200]);
		expect(listener.executions.all).toHaveLength(2);
		expect((await api('/events')).items).toHaveLength(2);
		await listener.close();
	});

	it('delivers what was answered with 200 although the hub is killed right after', async () => {
		const listener = await engine.listen(workflow, { port: n8nPort });
		const event = xeroEvent();

		const response = await post(payloadOf(event));
		await hub.process.kill();
		await restartHub();
		const execution = await listener.executions.next(30_000);

		expect(response.status).toBe(200);
		expect(execution.itemsOf(TRIGGER)[0]?.json).toMatchObject({
			type: 'contact.updated',
			resource: { id: event.resourceId },
		});
		await listener.close();
	}, 60_000);

	it('delivers once n8n is back what came while it was down', async () => {
		const published = await engine.listen(workflow, { port: n8nPort });
		await published.close({ unpublish: false });
		const event = xeroEvent();
		await post(payloadOf(event));
		await eventually('the first attempt to fail', async () => {
			const [delivery] = (await api('/deliveries')).items;
			return delivery?.attempt === 1 && delivery.nextAttemptAt !== null ? true : undefined;
		});

		const backAgain = await engine.listen(workflow, { port: n8nPort });
		const execution = await backAgain.executions.next(30_000);

		expect(execution.itemsOf(TRIGGER)[0]?.json['resource']).toMatchObject({ id: event.resourceId });
		const delivery = await eventually('the delivery to end', async () => {
			const [{ id }] = (await api('/deliveries')).items;
			const { body } = await hub.call(
				'GET',
				`/api/v1/deliveries/${id}`,
				undefined,
				workspace.apiKey,
			);
			return body.status === 'delivered' ? body : undefined;
		});
		expect(delivery.attempts[0].error).toMatch(/Connection refused/);
		await backAgain.close();
	}, 60_000);

	it('finishes what is under way when it is told to stop', async () => {
		const bodies = Array.from({ length: 50 }, () => payloadOf(xeroEvent()));

		const answers = Promise.all(
			bodies.map((body) =>
				post(body).then(
					(r) => r.status,
					() => 0,
				),
			),
		);
		const exit = await hub.process.stop();
		const acked = (await answers).filter((status) => status === 200).length;
		await restartHub();

		expect(exit).toBe(0);
		expect((await api('/events')).items).toHaveLength(acked);
	}, 60_000);

	it('refuses a second hub on the same data folder and says what to do', async () => {
		await expect(startHubProcess({ dataDir: folder.path })).rejects.toThrow(
			/Another hub is running on .*HUB_DATA_DIR/,
		);
	});

	it.each([
		['a body larger than 1 MB', 413, 'POST', `{"events":[],"pad":"${'x'.repeat(1_100_000)}"}`],
		['another method', 405, 'GET', undefined],
	])('answers %s with %i and no body', async (_case, expected, method, body) => {
		const response = await fetch(workspace.webhookUrl, {
			method,
			...(body === undefined ? {} : { body }),
		});

		expect(response.status).toBe(expected);
		expect(await response.text()).toBe('');
	});

	it('takes a chunked body', async () => {
		const body = payloadOf(xeroEvent());
		const chunked = new ReadableStream({
			start(controller) {
				for (const character of body) controller.enqueue(Buffer.from(character));
				controller.close();
			},
		});

		const response = await fetch(workspace.webhookUrl, {
			method: 'POST',
			body: chunked,
			duplex: 'half',
			headers: { 'x-xero-signature': signatureOf(body, workspace.webhookKey) },
		});

		expect(response.status).toBe(200);
	});

	it('accepts the webhook key that was replaced, for a day', async () => {
		await hub.call('PUT', `/api/v1/workspaces/${workspace.slug}/app-keys`, {
			clientId: 'CLIENT',
			clientSecret: 'SECRET',
			webhookKey: 'the-new-key',
		});
		const [old, current] = [payloadOf(xeroEvent()), payloadOf(xeroEvent())];

		const statuses = [
			(await post(old)).status,
			(await post(current, signatureOf(current, 'the-new-key'))).status,
		];

		expect(statuses).toEqual([200, 200]);
	});
});
