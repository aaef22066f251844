import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../support/eventually';
import { freshPostgresDatabase } from '../../support/freshDatabase';
import type { WorkflowNode } from '../../support/n8nServer/n8nClient';
import { startN8n, type RunningN8n } from '../../support/n8nServer/startN8n';
import { PACK, START_TIMEOUT_MS } from '../../support/n8nServer/startN8nWithHub';
import { packTarball } from '../../support/packTarball';
import { startSandboxProcess, type SandboxProcess } from '../../support/sandboxProcess';

const TRIGGER = 'Changes in Xero';
const CREDENTIAL = 'xeroCustomConnectionOAuth2Api';

/** Two rounds of a trigger that looks every minute. */
const TWO_ROUNDS_MS = 125_000;

/** When n8n saves static data, and what a run that was cut off leaves, only n8n itself can say. */
describe('the trigger without webhooks, in a running n8n', () => {
	const closing: Array<() => Promise<unknown> | void> = [];
	let n8n: RunningN8n;
	let sandbox: SandboxProcess;
	let createContact: (name: string) => Promise<void>;
	let trigger: WorkflowNode;
	beforeAll(async () => {
		const folder = mkdtempSync(join(tmpdir(), 'xero-hub-no-webhook-'));
		closing.push(() => rmSync(folder, { recursive: true, force: true }));
		const database = await freshPostgresDatabase();
		closing.push(() => database.drop());
		sandbox = await startSandboxProcess();
		closing.push(() => sandbox.process.stop());
		n8n = await startN8n({
			databaseUrl: database.url,
			packs: { [PACK]: await packTarball(folder) },
			env: {
				CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
					[CREDENTIAL]: {
						accessTokenUrl: `${sandbox.url}/connect/token`,
						apiBaseUrl: sandbox.url,
					},
				}),
			},
		});
		closing.push(() => n8n.stop());

		const [organisation] = (await sandbox.state()).organisations;
		const tenantId = organisation!.tenantId;
		const own = await sandbox.createApp({ type: 'custom', tenantId });
		const credential = await n8n.client.createCredential({
			name: 'Xero',
			type: CREDENTIAL,
			data: { clientId: own.clientId, clientSecret: own.clientSecret },
		});
		trigger = {
			...{ name: TRIGGER, type: `${PACK}.xeroHubNoWebhookTrigger` },
			parameters: {
				...{ authentication: 'customConnection', events: ['contact.created'] },
				...{ everyMinutes: 1, countAsTold: 'succeeded' },
			},
			credentials: { [CREDENTIAL]: credential },
		};
		const other = await sandbox.createApp();
		const tokens = await sandbox.authorise(other, { organisations: [tenantId] });
		createContact = async (name) => {
			const body = { Contacts: [{ Name: name }] };
			const reply = await sandbox.call(tokens, tenantId, 'PUT', '/api.xro/2.0/Contacts', body);
			expect(reply.status).toBe(200);
		};
	}, START_TIMEOUT_MS);
	afterAll(async () => {
		for (const step of closing.reverse()) await step();
	}, 60_000);

	it('starts a workflow once for a change, and again where n8n was killed in it', async () => {
		const slow: WorkflowNode = {
			...{ name: 'Slow', type: 'n8n-nodes-base.wait', typeVersion: 1.1 },
			parameters: { resume: 'timeInterval', amount: 15, unit: 'seconds' },
		};
		const id = await n8n.client.createWorkflow('Without webhooks', [trigger, slow]);
		await createContact('There before');
		await n8n.client.publish(id);
		const executions = async () => await n8n.client.executionIds(id);
		const untilStarted = async (count: number) =>
			await eventually(
				`execution ${count}`,
				async () => ((await executions()).length >= count ? true : undefined),
				{ timeoutMs: TWO_ROUNDS_MS },
			);

		await createContact('Told once');
		await untilStarted(1);
		const first = await n8n.client.nextExecution(id, []);
		await createContact('Cut off');
		await untilStarted(2);
		const known = await executions();
		await n8n.process.kill();
		await n8n.startAgain();
		await untilStarted(3);
		const again = await n8n.client.nextExecution(id, known);
		await new Promise((wake) => setTimeout(wake, TWO_ROUNDS_MS));

		const [cutOffId] = known.filter((one) => one !== first.id);
		const names = (execution: typeof first) =>
			execution.itemsOf(TRIGGER).map(({ json }) => (json['record'] as { Name: string }).Name);
		expect(names(first)).toEqual(['Told once']);
		expect(names(again)).toEqual(['Cut off']);
		expect(again.status).toBe('success');
		expect(await executions()).toEqual([again.id, cutOffId, first.id]);
		await n8n.client.unpublish(id);
	}, 480_000);
});
