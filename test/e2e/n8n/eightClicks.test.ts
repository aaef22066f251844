import type { Browser } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { openNewWorkflow, type EditorHand } from '../../support/n8nServer/editorHand';
import {
	START_TIMEOUT_MS,
	startN8nWithHub,
	type N8nWithHub,
} from '../../support/n8nServer/startN8nWithHub';
import { startBrowser } from '../../support/portal/startBrowser';
import { startReceiver, type Receiver } from '../../support/receiver';

/**
 * *On invoice paid → do X*, in the editor that people use.
 *
 * Counted is every press of the mouse, from the empty canvas to the workflow that is published. n8n and the
 * hub run, a person is signed in, and an organisation is connected to the hub: each happens once, not for
 * each workflow. Text that is typed is no click, and neither is a key; the keys are named in what is
 * expected: Escape closes n8n's window of a node, and Enter says yes to the version that is published. Whoever does
 * both by mouse needs two clicks more.
 */
describe('on invoice paid, do something', () => {
	let t: N8nWithHub;
	let chat: Receiver;
	let browser: Browser;
	let hand: EditorHand;
	let tenantId: string;
	let accessToken: string;

	beforeAll(async () => {
		[chat, browser] = await Promise.all([startReceiver(), startBrowser()]);
		t = await startN8nWithHub({ hubEnv: { HUB_SYNC: 'on' } });
		const [connection] = t.workspace.connections;
		tenantId = connection!.tenantId;
		accessToken = (await t.api('GET', `/connections/${connection!.id}/token`)).accessToken;
		await eventually('the first run of the invoices', async () => {
			const { items } = (await t.api('GET', '/syncs?limit=200')) as {
				items: ReadonlyArray<Readonly<Record<string, unknown>>>;
			};
			const found = items.find(
				(one) => one['tenantId'] === tenantId && one['entity'] === 'invoice',
			);
			return found?.['baselineAt'] ?? undefined;
		});
	}, START_TIMEOUT_MS);
	beforeEach(async () => {
		hand = await openNewWorkflow(browser, t.n8n.url);
	});
	afterEach(async () => {
		await hand.page.close();
	});
	afterAll(async () => {
		await browser?.close();
		await t?.close();
		await chat.close();
	}, 60_000);

	async function atXero(method: string, path: string, body?: unknown) {
		const token = { access_token: accessToken };
		const reply = await t.sandbox.call(token, tenantId, method, `/api.xro/2.0/${path}`, body);
		const answer = (await reply.json()) as Record<string, ReadonlyArray<Record<string, string>>>;
		if (!reply.ok) throw new Error(`${method} ${path} → ${JSON.stringify(answer)}`);
		return answer;
	}

	/** Somebody approves an invoice in Xero, and a customer pays it. */
	async function payAnInvoice(): Promise<string> {
		const { Accounts } = await atXero('GET', 'Accounts');
		const line = { Description: 'Tea', Quantity: 3, UnitAmount: 7.5, AccountCode: '200' };
		const { Invoices } = await atXero('PUT', 'Invoices', {
			...{ Type: 'ACCREC', Status: 'AUTHORISED', Contact: { Name: 'Bayside Tea' } },
			...{ Date: '2026-11-01', DueDate: '2026-11-15', LineAmountTypes: 'NoTax', LineItems: [line] },
		});
		const { InvoiceID = '' } = Invoices![0]!;
		const bank = Accounts!.find(({ Type }) => Type === 'BANK')!;
		await atXero('PUT', 'Payments', {
			...{ Invoice: { InvoiceID }, Account: { AccountID: bank['AccountID'] } },
			...{ Date: '2026-11-20', Amount: 22.5 },
		});
		return InvoiceID;
	}

	/** The workflow on the canvas, once the hub knows that it wants to be told. */
	async function untilSubscribed(): Promise<string> {
		const { items } = await eventually('the subscription', async () => {
			const answer = (await t.api('GET', '/subscriptions')) as {
				items: ReadonlyArray<{ status: string; key: { workflowId: string } }>;
			};
			return answer.items.some(isOnCanvas) ? answer : undefined;
		});
		function isOnCanvas({ status, key }: { status: string; key: { workflowId: string } }) {
			return status === 'active' && hand.page.url().includes(key.workflowId);
		}
		return items.find(isOnCanvas)!.key.workflowId;
	}

	const publish = async () => {
		await hand.click('Publish', hand.page.getByTestId('workflow-open-publish-modal-button'));
		await hand.page.locator('[data-test-id="workflow-publish-version-name-input"]:focus').waitFor();
		await hand.press('Enter');
	};
	/** n8n opens each node that is added. */
	const closeNode = async () => {
		const cross = hand.page.getByTestId('ndv-close-button');
		await cross.waitFor();
		await hand.press('Escape');
		await cross.waitFor({ state: 'hidden' });
	};
	const editorOf = (parameter: string) =>
		hand.page
			.getByTestId(`parameter-input-${parameter}`)
			.locator('input, [contenteditable]')
			.first();
	const addNext = async (name: string) => {
		await hand.click('+', hand.page.getByTestId('canvas-handle-plus'));
		await hand.type(name);
		await hand.choose(name);
	};

	it('takes eight clicks where the credential is there: nothing of the trigger is to be set', async () => {
		await hand.click('Add first step', hand.page.getByTestId('canvas-add-button'));
		await hand.type('xero');
		await hand.choose('Xero Hub');
		await hand.choose('On invoice paid');
		await closeNode();
		await addNext('HTTP Request');
		await hand.click('URL', editorOf('url'));
		await hand.type(`${chat.url}/paid`);
		// Escape does not leave a field.
		await hand.click('×', hand.page.getByTestId('ndv-close-button'));
		await publish();
		const workflowId = await untilSubscribed();
		await payAnInvoice();
		const execution = await t.n8n.client.nextExecution(workflowId, []);
		await t.n8n.client.unpublish(workflowId);

		expect(hand.clicks).toEqual([
			...['Add first step', 'Xero Hub', 'On invoice paid', '+', 'HTTP Request', 'URL'],
			...['×', 'Publish'],
		]);
		expect(hand.keys).toEqual(['Escape', 'Enter']);
		expect(execution.error).toBeUndefined();
		expect(chat.received.map(({ path }) => path)).toEqual(['/paid']);
	}, 120_000);

	it('takes seven clicks from an n8n without a credential, with Enter for what n8n highlights', async () => {
		await t.n8n.client.deleteCredential(t.credential);

		await hand.click('Add first step', hand.page.getByTestId('canvas-add-button'));
		await hand.type('xero hub');
		await hand.takeHighlighted('Xero Hub');
		await hand.takeHighlighted('On invoice paid');
		await hand.click('Connect to Xero Hub', hand.page.getByText('Connect to Xero Hub'));
		// Of the two, the hub's address is right already where the hub runs beside n8n.
		await hand.replace('Hub URL', hand.page.getByTestId('parameter-input-baseUrl'), t.hub.url);
		await hand.replace(
			'API Key',
			hand.page.getByTestId('parameter-input-apiKey'),
			t.workspace.usualKey,
		);
		await hand.click('Save', hand.page.getByTestId('credential-save-button'));
		// n8n tries it, and closes the window when the hub has answered well.
		await hand.page.getByTestId('editCredential-modal').waitFor({ state: 'hidden' });
		await closeNode();
		await hand.click('+', hand.page.getByTestId('canvas-handle-plus'));
		await hand.type('no operation');
		await hand.takeHighlighted('No Operation, do nothing');
		await closeNode();
		await publish();
		const workflowId = await untilSubscribed();
		await payAnInvoice();
		const execution = await t.n8n.client.nextExecution(workflowId, []);
		await t.n8n.client.unpublish(workflowId);

		expect(hand.clicks).toEqual([
			...['Add first step', 'Connect to Xero Hub', 'Hub URL', 'API Key', 'Save', '+', 'Publish'],
		]);
		expect(execution.error).toBeUndefined();
		expect(execution.itemsOf('No Operation, do nothing')).toMatchObject([
			{ json: { type: 'invoice.paid' } },
		]);
	}, 120_000);
});
