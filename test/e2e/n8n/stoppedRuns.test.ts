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
const CREATE = 'Create invoices';
const LETTERS = ['a', 'b', 'c', 'd', 'e'];
const OTHERS = [true, true, false, true, true];

/** Which runs are manual and which are retries, and what n8n hands them, only n8n itself can say. */
describe('a run that stopped at its third item, in a running n8n', () => {
	let t: N8nWithHub;
	let tenantId: string;
	let accessToken: string;
	/** Of the account in the third row, which Xero does not know yet. */
	let code: string;
	let codes = 0;

	beforeAll(async () => {
		t = await startN8nWithHub();
		const [connection] = t.workspace.connections;
		tenantId = connection!.tenantId;
		accessToken = (await t.api('GET', `/connections/${connection!.id}/token`)).accessToken;
	}, START_TIMEOUT_MS);
	beforeEach(() => {
		code = `N${++codes}`;
	});
	afterAll(async () => {
		await t?.close();
	}, 60_000);

	const xero = async (method: string, path: string, body?: unknown) => {
		const response = await t.sandbox.call(
			{ access_token: accessToken },
			tenantId,
			method,
			`/api.xro/2.0/${path}`,
			body,
		);
		expect(response.status).toBe(200);
		return (await response.json()) as { readonly Invoices: Record<string, unknown>[] };
	};
	const correct = async () =>
		await xero('PUT', 'Accounts', { Code: code, Name: `Sales ${code}`, Type: 'REVENUE' });

	/** A published workflow that makes invoices of the five rows that its webhook is sent. */
	async function publish() {
		const path = randomUUID();
		const nodes: WorkflowNode[] = [
			{
				name: START,
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: path,
				parameters: { httpMethod: 'POST', path, options: {} },
			},
			{
				name: 'Rows',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				parameters: { fieldToSplitOut: 'body.rows', options: {} },
			},
			{
				name: CREATE,
				type: `${PACK}.xeroHub`,
				parameters: {
					organisation: { __rl: true, mode: 'id', value: tenantId },
					resource: 'invoice',
					operation: 'create',
					type: 'ACCREC',
					contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
					lineItemsMode: 'json',
					lineItemsJson:
						'={{ [{ description: "Goods", unitAmount: 10, accountCode: $json.account }] }}',
					additionalFields: { reference: '={{ $json.reference }}' },
				},
				credentials: { xeroHubApi: t.credential },
			},
		];
		const id = await t.n8n.client.createWorkflow(path, nodes);
		await t.n8n.client.publish(id);
		const known: string[] = [];
		const rows = LETTERS.map((letter) => ({
			reference: `${path} ${letter}`,
			account: letter === 'c' ? code : '200',
		}));
		const next = async () => {
			const execution = await t.n8n.client.nextExecution(id, known);
			known.push(execution.id);
			return execution;
		};
		const send = async (url: string) => {
			const response = await fetch(`${t.n8n.url}/${url}/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ rows }),
			});
			expect(response.status).toBe(200);
		};
		return {
			async runFromEditor(): Promise<Execution> {
				await t.n8n.client.listenForTestEvent(id, START);
				await send('webhook-test');
				return await next();
			},
			async runInProduction(): Promise<Execution> {
				await send('webhook');
				return await next();
			},
			async retry({ id: failed }: Execution): Promise<Execution> {
				await t.n8n.client.retryExecution(failed, 'original');
				return await next();
			},
			/** How many invoices of each row Xero has. */
			async held(): Promise<number[]> {
				const where = encodeURIComponent(`Reference!=null AND Reference.StartsWith("${path}")`);
				const { Invoices } = await xero('GET', `Invoices?page=1&where=${where}`);
				return LETTERS.map(
					(letter) => Invoices.filter(({ Reference }) => Reference === `${path} ${letter}`).length,
				);
			},
		};
	}

	const saved = (execution: Execution) =>
		execution.itemsOf(CREATE).map(({ json }) => json['alreadySaved'] === true);
	const areRecords = (execution: Execution) =>
		execution.itemsOf(CREATE).every(({ json }) => typeof json['InvoiceID'] === 'string');

	it('is corrected and run again from the editor: each item is saved once', async () => {
		const workflow = await publish();
		const stopped = await workflow.runFromEditor();
		await correct();

		const again = await workflow.runFromEditor();

		expect([stopped, again].map(({ mode, status }) => [mode, status])).toEqual([
			['manual', 'error'],
			['manual', 'success'],
		]);
		expect(saved(again)).toEqual(OTHERS);
		expect(areRecords(again)).toBe(true);
		expect(await workflow.held()).toEqual([1, 1, 1, 1, 1]);
	}, 120_000);

	it('is retried: each item is saved once, and another execution saves all', async () => {
		const workflow = await publish();
		const stopped = await workflow.runInProduction();
		await correct();

		const retried = await workflow.retry(stopped);
		const next = await workflow.runInProduction();

		expect([stopped, retried, next].map(({ status }) => status)).toEqual([
			'error',
			'success',
			'success',
		]);
		expect(saved(retried)).toEqual(OTHERS);
		expect(areRecords(retried)).toBe(true);
		expect(saved(next)).toEqual(OTHERS.map(() => false));
		expect(await workflow.held()).toEqual([2, 2, 2, 2, 2]);
	}, 120_000);

	it('changes nothing in a new production execution', async () => {
		const workflow = await publish();
		await workflow.runInProduction();
		await correct();

		const next = await workflow.runInProduction();

		expect(saved(next)).toEqual(OTHERS.map(() => false));
		expect(await workflow.held()).toEqual([2, 2, 1, 2, 2]);
	}, 120_000);
});
