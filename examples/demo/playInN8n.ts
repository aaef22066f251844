import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n } from '../../test/support/n8nServer/installN8n';
import type { WorkflowNode } from '../../test/support/n8nServer/n8nClient';
import { startN8n, type RunningN8n } from '../../test/support/n8nServer/startN8n';
import { packTarball } from '../../test/support/packTarball';
import { startPostgres } from '../../test/support/postgres';
import { draftInvoice, exampleWorkflow, setStage, type Stage } from './stage';
import type { Story } from './story';

const PACK = 'n8n-nodes-xero-hub';
/** A slow machine takes minutes where a fast one takes seconds; what failed ends at once all the same. */
const PATIENCE_MS = 10 * 60_000;
const TRIGGER = 'When an invoice changes';

/** A full n8n in which the example workflow has just run. */
export interface PlayedN8n {
	readonly n8n: RunningN8n;
	readonly stage: Stage;
	readonly workflowId: string;
	close(): Promise<void>;
}

/**
 * Plays the story inside a full n8n server and leaves everything running.
 *
 * @param stop ends an install under way
 */
export async function playInN8n(story: Story, stop?: AbortSignal): Promise<PlayedN8n> {
	const folder = mkdtempSync(join(tmpdir(), 'xero-hub-demo-n8n-'));
	const closing: Array<() => Promise<unknown> | void> = [
		() => rmSync(folder, { recursive: true, force: true }),
	];
	const close = async () => {
		for (const end of closing.splice(0).reverse()) await end();
	};
	try {
		await story.step('n8n is installed (about two minutes, the first time)', (waitsFor) =>
			installN8n({ say: waitsFor, signal: stop }),
		);
		const postgres = await story.step('A PostgreSQL for n8n starts', () => startPostgres());
		closing.push(() => postgres.stop());
		const tarball = await story.step('The node pack is packed as npm would publish it', () =>
			packTarball(folder),
		);
		const n8n = await story.step(
			'n8n starts with the pack installed',
			(waitsFor) => {
				waitsFor('n8n to make its tables and to answer');
				const packs = { [PACK]: tarball };
				return startN8n({ databaseUrl: postgres.url, packs, patienceMs: PATIENCE_MS });
			},
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
					...(node.credentials && { credentials: { xeroHubApi: credential } }),
				}));
				const id = await n8n.client.createWorkflow(
					workflow.name,
					nodes,
					workflow.connections as Readonly<Record<string, unknown>>,
				);
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
		return { n8n, stage, workflowId, close };
	} catch (cause) {
		await close();
		throw cause;
	}
}
