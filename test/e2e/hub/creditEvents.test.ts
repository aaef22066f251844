import { freePort } from '../../support/freePort';
import { provisionWorkspace, type ProvisionedWorkspace } from '../../support/provisionWorkspace';
import { startReceiver, type Receiver } from '../../support/receiver';
import type { SandboxTokens } from '../../support/sandboxClient';
import { startSandbox, type StartedSandbox } from '../../support/startSandbox';
import { startTestHub, type TestHub } from '../../support/startTestHub';

let sandbox: StartedSandbox;
let workflow: Receiver;
let hub: TestHub;
let workspace: ProvisionedWorkspace;
let tokens: SandboxTokens;

beforeAll(async () => {
	sandbox = await startSandbox({ autoConsent: 'first' });
	workflow = await startReceiver();
	const port = await freePort();
	hub = await startTestHub({
		env: {
			HUB_PORT: String(port),
			HUB_PUBLIC_URL: `http://localhost:${port}`,
			XERO_LOGIN_URL: sandbox.url,
			XERO_IDENTITY_URL: sandbox.url,
			XERO_API_URL: sandbox.url,
		},
	});
	workspace = await provisionWorkspace(hub, sandbox, [workflow.url]);
	tokens = await sandbox.authorise(workspace.app);
	await sandbox.setFaults({ webhooks: { coalesceMs: 0 } });
});
afterAll(async () => {
	await hub.close();
	await workflow.close();
	await sandbox.close();
});

const put = async (collection: string, record: object) => {
	const response = await sandbox.call(
		tokens,
		workspace.connections[0]?.tenantId,
		'PUT',
		`/api.xro/2.0/${collection}`,
		{ [collection]: [record] },
	);
	const body = (await response.json()) as Record<string, Record<string, unknown>[]>;
	return body[collection]?.[0] ?? {};
};
const lines = (AccountCode: string) => ({
	Contact: { Name: 'Ridgeway Trading' },
	Date: '2026-11-02',
	LineItems: [{ Description: 'Goods', Quantity: 1, UnitAmount: 100, AccountCode }],
});

it('brings what happens to credits and payments in Xero to the workflow that asked for it', async () => {
	const wish = {
		url: `${workflow.url}/webhook/credits`,
		events: ['credit_note.created', 'prepayment.created', 'overpayment.created', 'payment.created'],
		hydrate: true,
	};
	await hub.call('POST', '/api/v1/subscriptions', wish, workspace.apiKey);

	const credit = { Type: 'ACCRECCREDIT', Status: 'AUTHORISED', ...lines('200') };
	const note = await put('CreditNotes', credit);
	const bank = { BankAccount: { Code: '090' }, LineAmountTypes: 'NoTax' };
	const prepaid = await put('BankTransactions', {
		Type: 'RECEIVE-PREPAYMENT',
		...bank,
		...lines('620'),
	});
	const overpaid = await put('BankTransactions', {
		Type: 'RECEIVE-OVERPAYMENT',
		...bank,
		...lines('610'),
	});
	const refund = await put('Payments', {
		CreditNote: { CreditNoteID: note['CreditNoteID'] },
		Account: { Code: '090' },
		Amount: 15,
	});
	await workflow.until(4);

	const told = workflow.received.map(({ body }) => JSON.parse(body) as Record<string, object>);
	const of = (type: string) => told.find((event) => String(event['type']) === type);
	expect(of('credit_note.created')).toMatchObject({
		resource: { id: note['CreditNoteID'] },
		data: { Type: 'ACCRECCREDIT', Status: 'AUTHORISED' },
		record: { CreditNoteNumber: note['CreditNoteNumber'], Total: 115 },
	});
	expect(of('prepayment.created')).toMatchObject({
		data: { Type: 'RECEIVE-PREPAYMENT' },
		record: { PrepaymentID: prepaid['PrepaymentID'], RemainingCredit: 100 },
	});
	expect(of('overpayment.created')).toMatchObject({
		record: { OverpaymentID: overpaid['OverpaymentID'] },
	});
	expect(of('payment.created')).toMatchObject({
		record: { PaymentID: refund['PaymentID'], PaymentType: 'ARCREDITPAYMENT', Amount: 15 },
	});
});
