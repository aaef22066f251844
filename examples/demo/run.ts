import { join } from 'node:path';
import { createEngine, type Listener } from '../../test/support/n8nEngine';
import { eventually } from '../../test/support/eventually';
import { freePort } from '../../test/support/freePort';
import { runDemo, type Demo } from './runDemo';
import { draftInvoice, exampleWorkflow, setStage, type Stage } from './stage';

const TRIGGER = 'When an invoice changes';
const ACTION = 'Note it on the contact';
const WORKFLOW = 'last-invoice-on-contact';

interface Invoice {
	readonly InvoiceID: string;
	readonly InvoiceNumber: string;
	readonly Contact: { readonly ContactID: string };
}

/** `npm run demo`: from nothing to an invoice that travels from Xero into a workflow and back. */
async function demo({ story, isOnce, untilStopped }: Demo): Promise<void> {
	story.say('Xero Hub for n8n: what happens when an invoice changes\n');
	const enginePort = await freePort();
	const stage = await setStage(story, `http://127.0.0.1:${enginePort}`);
	try {
		const { hub, workspace } = stage;
		const workflow = exampleWorkflow(WORKFLOW);
		const engine = await story.step("n8n's own engine loads the node pack", () =>
			createEngine({
				credentials: { hub: { baseUrl: hub.url, apiKey: workspace.apiKey } },
			}),
		);
		const listener = await story.step(
			'The workflow is published: its trigger subscribes at the hub',
			() => engine.listen(workflow, { port: enginePort }),
			({ url }) => `deliveries go to ${url}`,
		);
		try {
			const invoice: Invoice = await draftInvoice(stage);
			const changedAt = performance.now();
			await story.step(
				`Somebody changes invoice ${invoice.InvoiceNumber} in Xero`,
				() =>
					stage.xero('POST', `Invoices/${invoice.InvoiceID}`, {
						Reference: 'Changed by the demo',
					}),
				() => 'the sandbox signs a webhook and sends it to the hub',
			);
			const execution = await story.step(
				'The event arrives in n8n and the workflow runs',
				() => listener.executions.next(),
				(run) => {
					const event = run.itemsOf(TRIGGER)[0]?.json;
					return `${String(event?.['type'])} of ${JSON.stringify(event?.['tenant'])}`;
				},
			);
			const tookMs = performance.now() - changedAt;
			if (execution.status !== 'success') throw new Error(execution.error?.message);
			const answer = execution.itemsOf(ACTION)[0]?.json;

			await story.step(
				'What the action node wrote is in Xero',
				async () => {
					const { Contacts } = await stage.xero('GET', `Contacts/${invoice.Contact.ContactID}`);
					if (Contacts[0].AccountNumber !== invoice.InvoiceNumber) {
						throw new Error(`The contact's account number is ${Contacts[0].AccountNumber}`);
					}
					return Contacts[0];
				},
				(contact) => `${contact.Name}: account number ${contact.AccountNumber}`,
			);
			await story.step(
				"The hub's account of it",
				() =>
					eventually('the delivery to be noted', async () => {
						const path = '/api/v1/deliveries?status=delivered';
						const { body } = await hub.call('GET', path, undefined, workspace.apiKey);
						return body.items[0];
					}),
				(delivery) => `delivery ${delivery.id}: ${delivery.status}, attempt ${delivery.attempt}`,
			);

			story.say();
			story.say(`From the change in Xero to the end of the workflow: ${Math.round(tookMs)} ms`);
			story.say(`The action node answered: ${JSON.stringify(answer).slice(0, 200)}`);
			if (isOnce) return;

			story.say();
			for (const line of whatToDoNow(stage, invoice)) story.say(line);
			void watch(listener, story.say);
			await untilStopped();
		} finally {
			await listener.close();
		}
	} finally {
		await stage.close();
	}
}

/** Everything that somebody needs to go on by hand. */
function whatToDoNow(stage: Stage, invoice: Invoice): string[] {
	const { hub, ownerLink, sandbox, tenantId, workspace } = stage;
	const edit = `${sandbox.url}/org/${tenantId}/invoices/${invoice.InvoiceID}/edit`;
	return [
		'Now you. Everything stays up until Ctrl-C.',
		'',
		`  Portal, as its owner (once)   ${ownerLink}`,
		`  Xero, the sandbox             ${sandbox.url}`,
		`  Change an invoice             curl -d "reference=Changed by me" ${edit}`,
		'',
		`  Workflow to import into n8n   ${join(__dirname, '..', `${WORKFLOW}.json`)}`,
		`  Credential, Xero Hub API      ${hub.url}   ${workspace.apiKey}`,
		`  Admin key of the hub          ${hub.adminKey}`,
		'',
		'What the workflow does is told here.',
	];
}

async function watch(listener: Listener, say: (line: string) => void): Promise<void> {
	for await (const execution of listener.executions) {
		const event = execution.itemsOf(TRIGGER)[0]?.json;
		say(`execution ${execution.status}: ${String(event?.['type'])} ${String(event?.['id'])}`);
	}
}

void runDemo(demo);
