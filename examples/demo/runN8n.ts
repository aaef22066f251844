import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n } from '../../test/support/n8nServer/installN8n';
import { N8N_OWNER, type WorkflowNode } from '../../test/support/n8nServer/n8nClient';
import { startN8n } from '../../test/support/n8nServer/startN8n';
import { packTarball } from '../../test/support/packTarball';
import { startPostgres } from '../../test/support/postgres';
import { draftInvoice, exampleWorkflow, setStage } from './stage';
import { createStory } from './story';
import { untilStopSignal } from './untilStopSignal';

const PACK = 'n8n-nodes-xero-hub';
const TRIGGER = 'When an invoice changes';

/** `npm run demo:n8n`: the same story inside a full n8n server, with its editor to look at. */
async function demo(staysUp: boolean): Promise<void> {
	const story = createStory(
		(line) => process.stdout.write(`${line}\n`),
		() => performance.now(),
	);
	const folder = mkdtempSync(join(tmpdir(), 'xero-hub-demo-n8n-'));
	const closing: Array<() => Promise<unknown> | void> = [
		() => rmSync(folder, { recursive: true, force: true }),
	];
	try {
		story.say('Xero Hub for n8n, in a full n8n server\n');
		await story.step('n8n is installed (about two minutes, the first time)', installN8n);
		const postgres = await story.step('A PostgreSQL for n8n starts', startPostgres);
		closing.push(() => postgres.stop());
		const tarball = await story.step('The node pack is packed as npm would publish it', () =>
			packTarball(folder),
		);
		const n8n = await story.step(
			'n8n starts with the pack installed',
			() => startN8n({ databaseUrl: postgres.url, packs: { [PACK]: tarball } }),
			({ url }) => url,
		);
		closing.push(() => n8n.stop());
		const stage = await setStage(story, n8n.url);
		closing.push(() => stage.close());

		const credential = await story.step('n8n gets the credential of the hub', () =>
			n8n.client.createCredential({
				name: 'Xero Hub',
				type: 'xeroHubApi',
				data: { baseUrl: stage.hub.url, apiKey: stage.workspace.apiKey },
			}),
		);
		const workflow = exampleWorkflow('last-invoice-on-contact');
		const workflowId = await story.step(
			'The example workflow is imported and published',
			async () => {
				const nodes = (workflow.nodes as WorkflowNode[]).map((node) => ({
					...node,
					credentials: { xeroHubApi: credential },
				}));
				const id = await n8n.client.createWorkflow(workflow.name, nodes);
				await n8n.client.publish(id);
				return id;
			},
		);

		const invoice = await draftInvoice(stage);
		await story.step(`Somebody changes invoice ${invoice.InvoiceNumber} in Xero`, () =>
			stage.xero('POST', `Invoices/${invoice.InvoiceID}`, { Reference: 'Changed by the demo' }),
		);
		const execution = await story.step(
			'The workflow runs in n8n',
			() => n8n.client.nextExecution(workflowId, []),
			(run) => {
				const [event] = run.itemsOf(TRIGGER);
				return `execution ${run.status}: ${String(event?.json['type'])}`;
			},
		);
		if (execution.status !== 'success')
			throw new Error(`The execution ended as ${execution.status}`);
		await story.step('What the action node wrote is in Xero', async () => {
			const { Contacts } = await stage.xero('GET', `Contacts/${invoice.Contact.ContactID}`);
			if (Contacts[0].AccountNumber !== invoice.InvoiceNumber) {
				throw new Error(`The contact's account number is ${Contacts[0].AccountNumber}`);
			}
		});
		if (!staysUp) return;

		story.say();
		story.say(`n8n's editor        ${n8n.url}/workflow/${workflowId}`);
		story.say(`  e-mail            ${N8N_OWNER.email}`);
		story.say(`  password          ${N8N_OWNER.password}`);
		story.say(`Xero (the sandbox)  ${stage.sandbox.url}`);
		story.say(`The hub             ${stage.hub.url}   admin key: ${stage.hub.adminKey}`);
		story.say('It stays up until Ctrl-C.');
		await untilStopSignal();
	} finally {
		for (const end of closing.reverse()) await end();
	}
}

demo(!process.argv.includes('--once')).catch((cause: unknown) => {
	process.stderr.write(
		`\nThe demo failed: ${cause instanceof Error ? cause.message : String(cause)}\n`,
	);
	process.exitCode = 1;
});
