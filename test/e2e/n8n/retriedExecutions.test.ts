import { randomUUID } from 'node:crypto';
import type { Execution } from '../../support/n8nServer/execution';
import type { WorkflowNode } from '../../support/n8nServer/n8nClient';
import {
	PACK,
	START_TIMEOUT_MS,
	startN8nWithHub,
	type N8nWithHub,
} from '../../support/n8nServer/startN8nWithHub';

const START = 'Webhook';
const READ = 'What changed';
const LATER = 'Something later';
const CONFIRM = 'Confirm';
const CREATE = 'Create an invoice';
const RESUME = 'Where to resume';

/** A published workflow of a real n8n: what its static data and its retries are, only n8n itself can say. */
describe('an execution that fails, in a running n8n', () => {
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

	afterEach(async () => {
		await t.sandbox.setFaults({});
	});

	const xero = (name: string, parameters: WorkflowNode['parameters']): WorkflowNode => ({
		name,
		type: `${PACK}.xeroHub`,
		parameters: { organisation: { __rl: true, mode: 'id', value: tenantId }, ...parameters },
		credentials: { xeroHubApi: t.credential },
	});

	/** @returns starts the published workflow and waits until the execution is over */
	async function publish(nodes: readonly WorkflowNode[]) {
		const path = randomUUID();
		const webhook: WorkflowNode = {
			name: START,
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: path,
			parameters: { httpMethod: 'POST', path, options: {} },
		};
		const id = await t.n8n.client.createWorkflow(path, [webhook, ...nodes]);
		await t.n8n.client.publish(id);
		const known: string[] = [];
		const next = async () => {
			const execution = await t.n8n.client.nextExecution(id, known);
			known.push(execution.id);
			return execution;
		};
		const start = async () => {
			const response = await fetch(`${t.n8n.url}/webhook/${path}`, { method: 'POST' });
			expect(response.status).toBe(200);
		};
		return {
			async run(): Promise<Execution> {
				await start();
				return await next();
			},
			async retry({ id: failed }: Execution, withWorkflow: 'original' | 'currentlySaved') {
				await t.n8n.client.retryExecution(failed, withWorkflow);
				return await next();
			},
			/** Runs until it waits, and lets it go on. */
			async runAndResume(): Promise<Execution> {
				await start();
				const waiting = await t.n8n.client.nextExecution(id, known, 'waiting');
				const url = String(waiting.itemsOf(RESUME)[0]?.json['url']);
				expect((await fetch(url)).status).toBe(200);
				return await next();
			},
		};
	}

	async function invoices(reference: string): Promise<readonly unknown[]> {
		const where = encodeURIComponent(`Reference=="${reference}"`);
		const path = `/api.xro/2.0/Invoices?page=1&where=${where}`;
		const response = await t.sandbox.call({ access_token: accessToken }, tenantId, 'GET', path);
		return ((await response.json()) as { Invoices: unknown[] }).Invoices;
	}

	async function createContact(name: string): Promise<void> {
		const body = { Contacts: [{ Name: name }] };
		const path = '/api.xro/2.0/Contacts';
		const response = await t.sandbox.call(
			{ access_token: accessToken },
			tenantId,
			'PUT',
			path,
			body,
		);
		expect(response.status).toBe(200);
	}

	const names = (execution: Execution) => execution.itemsOf(READ).map(({ json }) => json['Name']);
	const laterFails = async (times: number) =>
		await t.sandbox.setFaults({ status: { path: '/Organisation', status: 400, times } });
	const read = (countAsRead?: string) =>
		xero(READ, {
			resource: 'contact',
			operation: 'getAll',
			returnAll: true,
			sinceLastRun: true,
			...(countAsRead && { countAsRead }),
		});
	const confirm = () => xero(CONFIRM, { resource: 'incrementalRead', operation: 'confirm' });
	const later = () => xero(LATER, { resource: 'organisation', operation: 'get' });

	it('gets the same records again next time, and a successful one does not', async () => {
		const workflow = await publish([read(), later()]);
		const everything = await workflow.run();
		await createContact('Not to be lost');
		await laterFails(1);

		const failed = await workflow.run();
		const again = await workflow.run();
		const after = await workflow.run();

		expect([everything, failed, again, after].map(({ status }) => status)).toEqual([
			'success',
			'error',
			'success',
			'success',
		]);
		expect(names(everything).length).toBeGreaterThan(1);
		expect([failed, again, after].map(names)).toEqual([['Not to be lost'], ['Not to be lost'], []]);
	});

	it('counts when a retry of it confirms what it read', async () => {
		const workflow = await publish([read('confirmed'), later(), confirm()]);
		await workflow.run();
		await createContact('Confirmed by a retry');
		await laterFails(1);

		const failed = await workflow.run();
		const withoutMemory = await workflow.retry(failed, 'original');
		const retried = await workflow.retry(failed, 'currentlySaved');
		const after = await workflow.run();

		expect([failed, withoutMemory, retried, after].map(({ status }) => status)).toEqual([
			'error',
			'error',
			'success',
			'success',
		]);
		expect(withoutMemory.error).toContain('no memory of incremental reads');
		expect(retried.itemsOf(CONFIRM).map(({ json }) => json)).toEqual([{ confirmed: 1 }]);
		expect([failed, after].map(names)).toEqual([['Confirmed by a retry'], []]);
	});

	it('counts what was read before it waited, and reads nothing where n8n may forget', async () => {
		const resume: WorkflowNode = {
			name: RESUME,
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				assignments: {
					assignments: [
						{ id: '1', name: 'url', type: 'string', value: '={{ $execution.resumeUrl }}' },
					],
				},
				options: {},
			},
		};
		const wait: WorkflowNode = {
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			webhookId: randomUUID(),
			parameters: { resume: 'webhook', options: {} },
		};
		const patient = await publish([read(), resume, wait, later()]);
		const confirming = await publish([read('confirmed'), resume, wait, confirm()]);
		const behind = await publish([resume, wait, read()]);

		const waited = await patient.runAndResume();
		const confirmed = await confirming.runAndResume();
		const refused = await behind.runAndResume();

		expect(names(waited).length).toBeGreaterThan(1);
		expect(names(await patient.run())).toEqual([]);
		expect(confirmed.itemsOf(CONFIRM).map(({ json }) => json)).toEqual([{ confirmed: 1 }]);
		expect(refused.error).toContain('no memory of incremental reads');
	});

	it('leaves exactly one record when it is retried after Xero saved it and the answer was lost', async () => {
		const create = xero(CREATE, {
			resource: 'invoice',
			operation: 'create',
			type: 'ACCREC',
			contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
			lineItemsMode: 'json',
			lineItemsJson: [{ description: 'Goods', unitAmount: 10, accountCode: '200' }],
			additionalFields: { reference: 'Once only' },
		});
		const workflow = await publish([create]);
		await t.sandbox.setFaults({
			dropAfterCommit: { path: '/Invoices', method: 'PUT', times: 100 },
		});

		const failed = await workflow.run();
		await t.sandbox.setFaults({});
		const retried = await workflow.retry(failed, 'original');

		expect([failed, retried].map(({ status }) => status)).toEqual(['error', 'success']);
		expect(retried.itemsOf(CREATE).map(({ json }) => json['Reference'])).toEqual(['Once only']);
		expect(await invoices('Once only')).toHaveLength(1);
	});
});
