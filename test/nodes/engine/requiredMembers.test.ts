import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import { picked, UNKNOWN_ID } from '../operations/OperationCases';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
let ledger: Ledger;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	ledger = ledgerOfSandbox(xero);
});
afterAll(() => xero.close());
beforeEach(async () => {
	await xero.sandbox.setFaults({ strictRequired: true });
	await xero.sandbox.forgetRequests();
});
afterEach(() => xero.sandbox.setFaults({}));

const run = async (parameters: INodeParameters, ids: readonly unknown[] = [undefined]) =>
	await xero.engine.run(xeroWorkflow({ parameters }), {
		input: ids.map((id) => ({ json: { id } as IDataObject })),
	});
const one = async (parameters: INodeParameters, id?: unknown): Promise<IDataObject> => {
	const execution = await run(parameters, [id]);
	expect(execution.error).toBeUndefined();
	return execution.itemsOf(XERO_NODE)[0]?.json ?? {};
};
const sent = async () =>
	(await xero.sandbox.requests())
		.filter(({ path }) => path !== '/connections')
		.map(({ method, path, elements }) =>
			[method, path.replace('/api.xro/2.0/', ''), elements].filter(Boolean).join(' '),
		);
const ID = picked('={{ $json.id }}');
const contact = { Name: 'Office Supplies Ltd' };
const line = { Description: 'Paper', Quantity: 3, UnitAmount: 33.33, AccountCode: '453' };

const transactionOf = async (changes: IDataObject = {}) =>
	await ledger.put('BankTransactions?unitdp=4', {
		BankTransactions: [
			{
				Type: 'SPEND',
				Contact: contact,
				BankAccount: { Code: '090' },
				Date: '2026-11-01',
				LineItems: [line],
				...changes,
			},
		],
	});
const journal = async (Status: string) =>
	await ledger.put('ManualJournals', {
		ManualJournals: [
			{
				Narration: 'Accrual',
				Status,
				JournalLines: [
					{ LineAmount: 10, AccountCode: '453' },
					{ LineAmount: -10, AccountCode: '880' },
				],
			},
		],
	});

describe('what Xero’s contract requires goes along with a change', () => {
	it('of a manual journal: its narration', async () => {
		const { ManualJournalID } = await journal('DRAFT');

		const posted = await one(
			{
				resource: 'manualJournal',
				operation: 'update',
				manualJournal: ID,
				updateFields: { status: 'POSTED' },
			},
			ManualJournalID,
		);
		const voided = await one(
			{ resource: 'manualJournal', operation: 'voidOrDelete', manualJournal: ID },
			ManualJournalID,
		);

		expect(posted).toMatchObject({ Narration: 'Accrual', Status: 'POSTED' });
		expect(voided).toMatchObject({ Narration: 'Accrual', Status: 'VOIDED' });
	});

	it('of an item: its code', async () => {
		const { ItemID } = await ledger.put('Items', { Items: [{ Code: ledger.unique('STRICT') }] });
		const update = { resource: 'item', operation: 'update', item: ID };

		expect(await one({ ...update, updateFields: { name: 'Screw' } }, ItemID)).toMatchObject({
			Name: 'Screw',
		});
		expect(await one({ ...update, updateFields: { code: 'SCREW' } }, ItemID)).toMatchObject({
			Code: 'SCREW',
			Name: 'Screw',
		});
	});

	it('of a bank transaction: its type, account and lines, which stay what they were', async () => {
		const made = await transactionOf();

		const changed = await one(
			{
				resource: 'bankTransaction',
				operation: 'update',
				bankTransaction: ID,
				updateFields: { reference: 'R' },
			},
			made['BankTransactionID'],
		);

		expect(changed).toMatchObject({
			Reference: 'R',
			TotalTax: 15,
			Total: 114.99,
			LineItems: made['LineItems'],
		});
	});

	it('of a bank transaction whose amounts come to include tax: the tax is worked out anew', async () => {
		const { BankTransactionID } = await transactionOf();

		const changed = await one(
			{
				resource: 'bankTransaction',
				operation: 'update',
				bankTransaction: ID,
				updateFields: { lineAmountTypes: 'Inclusive' },
			},
			BankTransactionID,
		);

		expect(changed).toMatchObject({ TotalTax: 13.04, Total: 99.99 });
	});

	it('of a bank transaction: its lines give way to those of the item', async () => {
		const { BankTransactionID } = await transactionOf();

		const changed = await one(
			{
				resource: 'bankTransaction',
				operation: 'update',
				bankTransaction: ID,
				lineItemsMode: 'rows',
				lineItems: {
					line: [{ description: 'Ink', unitAmount: '10', accountCode: picked('453') }],
				},
				existingLines: 'replace',
			},
			BankTransactionID,
		);

		expect(changed).toMatchObject({ Total: 11.5, LineItems: [{ Description: 'Ink' }] });
	});

	it.each(['SPEND', 'RECEIVE-PREPAYMENT', 'SPEND-OVERPAYMENT'])(
		'of a bank transaction that is deleted: %s',
		async (Type) => {
			const accounts: IDataObject = { 'RECEIVE-PREPAYMENT': '620', 'SPEND-OVERPAYMENT': '800' };
			const AccountCode = accounts[Type] ?? '453';
			const LineAmountTypes = Type === 'SPEND' ? 'Exclusive' : 'NoTax';
			const { BankTransactionID } = await transactionOf({
				Type,
				LineAmountTypes,
				LineItems: [{ ...line, AccountCode }],
			});

			const deleted = await one(
				{ resource: 'bankTransaction', operation: 'delete', bankTransaction: ID },
				BankTransactionID,
			);

			expect(deleted).toEqual({ deleted: true, BankTransactionID });
		},
	);

	it('of a new repeating invoice: tax treatment, status and currency', async () => {
		const template = await one({
			resource: 'repeatingInvoice',
			operation: 'create',
			contact: picked(contact.Name, 'name'),
			startDate: '2027-01-01',
			lineItems: {
				line: [{ description: 'Rent', unitAmount: '1000', accountCode: picked('200') }],
			},
		});

		expect(template).toMatchObject({
			Type: 'ACCREC',
			LineAmountTypes: 'Exclusive',
			Status: 'DRAFT',
			CurrencyCode: 'NZD',
		});
		expect(await sent()).toEqual(['GET Organisation', 'PUT RepeatingInvoices 1']);
	});

	it('of an allocation: its day', async () => {
		const approved = {
			Status: 'AUTHORISED',
			Contact: contact,
			LineItems: [{ ...line, AccountCode: '200' }],
		};
		const { InvoiceID } = await ledger.put('Invoices', {
			Invoices: [{ ...approved, Type: 'ACCREC', DueDate: '2026-12-01' }],
		});
		const { CreditNoteID } = await ledger.put('CreditNotes', {
			CreditNotes: [{ ...approved, Type: 'ACCRECCREDIT' }],
		});

		const execution = await run({
			resource: 'creditNote',
			operation: 'allocate',
			creditNote: picked(String(CreditNoteID)),
			invoice: picked(String(InvoiceID)),
			amount: '10',
		});

		expect(execution.error).toBeUndefined();
	});
});

it('45 transactions are read 20 at a time, and changed 50 at a time', async () => {
	const records = await Promise.all(Array.from({ length: 45 }, async () => await transactionOf()));
	await xero.sandbox.forgetRequests();

	const execution = await run(
		{
			resource: 'bankTransaction',
			operation: 'update',
			bankTransaction: ID,
			updateFields: { reference: '={{ $json.id }}' },
		},
		records.map(({ BankTransactionID }) => BankTransactionID),
	);

	expect(execution.error).toBeUndefined();
	expect(execution.itemsOf(XERO_NODE).map(({ json }) => json['Reference'])).toEqual(
		records.map(({ BankTransactionID }) => BankTransactionID),
	);
	const requests = await sent();
	expect(requests.at(-1)).toBe('POST BankTransactions 45');
	expect(requests.slice(0, -1).every((request) => request === 'GET BankTransactions')).toBe(true);
	expect(requests.length).toBeLessThanOrEqual(5);
});

it('books too large for the filter are read one by one', async () => {
	const item = async () => await ledger.put('Items', { Items: [{ Code: ledger.unique('LARGE') }] });
	const records = [await item(), await item()];
	await xero.sandbox.setFaults({ highVolumeFrom: 1 });
	await xero.sandbox.forgetRequests();

	const execution = await run(
		{ resource: 'item', operation: 'update', item: ID, updateFields: { name: 'Renamed' } },
		records.map(({ ItemID }) => ItemID),
	);

	expect(execution.error).toBeUndefined();
	expect(execution.itemsOf(XERO_NODE).map(({ json }) => json['Name'])).toEqual([
		'Renamed',
		'Renamed',
	]);
	expect(await sent()).toEqual(
		expect.arrayContaining([
			...records.map(({ ItemID }) => `GET Items/${String(ItemID)}`),
			'POST Items 2',
		]),
	);
});

it('a record that is not there is named, and those beside it are changed', async () => {
	const { ManualJournalID } = await journal('DRAFT');

	const execution = await xero.engine.run(
		xeroWorkflow({
			parameters: {
				resource: 'manualJournal',
				operation: 'update',
				manualJournal: ID,
				updateFields: { narration: 'Renamed' },
			},
			onError: 'continueRegularOutput',
		}),
		{ input: [UNKNOWN_ID, ManualJournalID].map((id) => ({ json: { id } })) },
	);

	const out = execution.itemsOf(XERO_NODE).map(({ json }) => json);
	expect(out[0]?.['error']).toContain(`Xero has no manual journal with the id ${UNKNOWN_ID}`);
	expect(out[1]).toMatchObject({ Narration: 'Renamed' });
});
