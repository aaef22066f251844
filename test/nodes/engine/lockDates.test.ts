import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import { picked } from '../operations/OperationCases';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
let ledger: Ledger;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	ledger = ledgerOfSandbox(xero);
});
afterAll(() => xero.close());
beforeEach(() => xero.sandbox.setLocks(xero.tenantId, {}));

const LOCKED = '2026-09-10';
const LOCK = { periodLockDate: '2026-09-30' };
const TOO_EARLY =
	'The document date cannot be before the period lock date, currently set at 30-Sep-2026';
const LOCKED_RECORD =
	'The document cannot be edited as it is currently dated before the period lock date';

const contact = { Name: 'Ridgeway University' };
const line = { Description: 'Goods', Quantity: 1, UnitAmount: 100, AccountCode: '200' };
const oneInvoice = async (Date: string) =>
	await ledger.put('Invoices', {
		Invoices: [
			{
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				Contact: contact,
				Date,
				DueDate: '2026-12-01',
				LineItems: [line],
			},
		],
	});
const run = async (parameters: INodeParameters) =>
	await xero.engine.run(xeroWorkflow({ parameters }), { input: itemsOf(1, () => ({})) });

it.each<[string, () => Promise<INodeParameters>, string]>([
	[
		'a new invoice',
		async () => ({
			resource: 'invoice',
			operation: 'create',
			type: 'ACCREC',
			contact: picked(contact.Name, 'name'),
			lineItems: { line: [{ description: 'Goods', unitAmount: '1', accountCode: picked('200') }] },
			additionalFields: { date: LOCKED, dueDate: LOCKED, status: 'AUTHORISED' },
		}),
		TOO_EARLY,
	],
	[
		'voiding an invoice',
		async () => ({
			resource: 'invoice',
			operation: 'voidOrDelete',
			invoice: picked(String((await oneInvoice(LOCKED))['InvoiceID'])),
		}),
		LOCKED_RECORD,
	],
	[
		'a payment',
		async () => ({
			resource: 'payment',
			operation: 'create',
			paymentFor: 'invoice',
			invoice: picked(String((await oneInvoice('2026-10-05'))['InvoiceID'])),
			account: picked('090', 'code'),
			amount: '10',
			date: LOCKED,
		}),
		TOO_EARLY,
	],
	[
		'taking an allocation back',
		async () => {
			const { InvoiceID } = await oneInvoice('2026-10-05');
			const { CreditNoteID } = await ledger.put('CreditNotes', {
				CreditNotes: [
					{
						Type: 'ACCRECCREDIT',
						Status: 'AUTHORISED',
						Contact: contact,
						Date: '2026-10-05',
						LineItems: [line],
					},
				],
			});
			const { AllocationID } = await ledger.put(`CreditNotes/${String(CreditNoteID)}/Allocations`, {
				Allocations: [{ Amount: 10, Date: LOCKED, Invoice: { InvoiceID } }],
			});
			return {
				resource: 'creditNote',
				operation: 'deleteAllocation',
				creditNote: picked(String(CreditNoteID)),
				allocationId: String(AllocationID),
			};
		},
		LOCKED_RECORD,
	],
	[
		'deleting a bank transaction',
		async () => {
			const { BankTransactionID } = await ledger.put('BankTransactions', {
				BankTransactions: [
					{
						Type: 'SPEND',
						Contact: contact,
						BankAccount: { Code: '090' },
						Date: LOCKED,
						LineItems: [{ ...line, AccountCode: '453' }],
					},
				],
			});
			return {
				resource: 'bankTransaction',
				operation: 'delete',
				bankTransaction: picked(String(BankTransactionID)),
			};
		},
		LOCKED_RECORD,
	],
])('%s in a locked month is refused in Xero’s words', async (_what, prepare, sentence) => {
	const parameters = await prepare();
	await xero.sandbox.setLocks(xero.tenantId, LOCK);

	const execution = await run(parameters);

	expect(execution.error?.message).toContain(sentence);
	expect(execution.error?.itemIndex).toBe(0);
});

it('leaves the other items of the run alone', async () => {
	await xero.sandbox.setLocks(xero.tenantId, LOCK);

	const execution = await xero.engine.run(
		xeroWorkflow({
			parameters: {
				resource: 'manualJournal',
				operation: 'create',
				narration: 'Accrual',
				lineItems: {
					line: [
						{ lineAmount: '10', accountCode: picked('453') },
						{ lineAmount: '-10', accountCode: picked('880') },
					],
				},
				additionalFields: { date: '={{ $json.date }}', status: 'POSTED' },
			},
			onError: 'continueRegularOutput',
		}),
		{ input: [LOCKED, '2026-10-05'].map((date) => ({ json: { date } })) },
	);

	const out: readonly IDataObject[] = execution.itemsOf(XERO_NODE).map(({ json }) => json);
	expect(out[0]?.['error']).toContain(TOO_EARLY);
	expect(out[1]).toMatchObject({ Status: 'POSTED', Date: '2026-10-05' });
});
