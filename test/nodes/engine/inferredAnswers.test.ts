import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine, type Switches } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

const picked = (value: string, mode = 'id') => ({ __rl: true, mode, value });
const ID = picked('={{ $json.id }}');
const line: INodeParameters = {
	lineItems: {
		line: [{ description: 'Work', quantity: '2', unitAmount: '50', accountCode: picked('200') }],
	},
};

/** What of Xero is inferred only: the node works whichever way it is. */
const positions: readonly [string, Switches][] = [
	['as inferred', {}],
	['names of members in their own case only', { namesInAnyCase: false }],
	['empty text refused as a number', { emptyNumbersAreAbsent: false }],
	['names told apart by repeated blanks', { foldsInnerBlanks: false }],
	['quotes inside a filter that cannot be written', { doublesQuotes: false }],
	['refused payments inside a 200', { paymentErrorsIn200: true }],
	[
		'all of them the other way',
		{
			namesInAnyCase: false,
			emptyNumbersAreAbsent: false,
			foldsInnerBlanks: false,
			doublesQuotes: false,
			paymentErrorsIn200: true,
			quotes: { answersLinesWithoutTax: true },
		},
	],
];

describe.each(positions)('with Xero %s', (_position, switches) => {
	let xero: ConnectedEngine;
	beforeAll(async () => {
		xero = await connectEngine({
			switches,
			scopes: everyScope,
			app: { tier: 'advanced', bankFeeds: true },
		});
	});
	afterAll(() => xero.close());

	const run = async (parameters: INodeParameters, id?: unknown) =>
		await xero.engine.run(xeroWorkflow({ parameters }), {
			input: [{ json: { id } as IDataObject }],
		});
	const one = async (parameters: INodeParameters, id?: unknown): Promise<IDataObject> => {
		const execution = await run(parameters, id);
		expect(execution.error).toBeUndefined();
		return execution.itemsOf(XERO_NODE)[0]?.json ?? {};
	};
	const invoiceOf = async (more: INodeParameters = {}) =>
		await one({
			resource: 'invoice',
			operation: 'create',
			type: 'ACCREC',
			contact: picked('Ridgeway University', 'name'),
			additionalFields: { date: '2026-11-01', dueDate: '2026-12-31', status: 'AUTHORISED' },
			...line,
			...more,
		});

	it('contacts are created, changed and read', async () => {
		const name = 'Ann  Lee';
		const made = await one({ resource: 'contact', operation: 'create', name });
		const id = made['ContactID'];
		await one(
			{
				resource: 'contact',
				operation: 'update',
				contact: ID,
				updateFields: { emailAddress: 'ann@example.com' },
			},
			id,
		);

		const read = await one({ resource: 'contact', operation: 'get', contact: ID }, id);

		expect(read).toMatchObject({ Name: name, EmailAddress: 'ann@example.com' });
	});

	it('invoices are created, changed, given lines and read', async () => {
		const { InvoiceID } = await invoiceOf();
		await one(
			{
				resource: 'invoice',
				operation: 'update',
				invoice: ID,
				updateFields: { reference: 'Changed' },
			},
			InvoiceID,
		);
		await one({ resource: 'invoice', operation: 'addLines', invoice: ID, ...line }, InvoiceID);

		const read = await one({ resource: 'invoice', operation: 'get', invoice: ID }, InvoiceID);

		expect(read).toMatchObject({ Reference: 'Changed', SubTotal: 200, Total: 230 });
		expect(read['LineItems']).toHaveLength(2);
	});

	it('payments are created and read, and refused in Xero’s words', async () => {
		const { InvoiceID } = await invoiceOf();
		const pay = (amount: number): INodeParameters => ({
			resource: 'payment',
			operation: 'create',
			paymentFor: 'invoice',
			invoice: ID,
			account: picked('090', 'code'),
			amount: String(amount),
		});
		const { PaymentID } = await one(pay(40), InvoiceID);
		const refused = await run(pay(1_000), InvoiceID);

		const read = await one({ resource: 'payment', operation: 'get', payment: ID }, PaymentID);

		expect(read).toMatchObject({ Amount: 40, Invoice: { AmountDue: 75 } });
		expect(refused.error?.message).toContain(
			'Payment amount exceeds the amount outstanding on this document',
		);
	});

	it('bank transactions are created, changed and read', async () => {
		const { BankTransactionID } = await one({
			resource: 'bankTransaction',
			operation: 'create',
			type: 'RECEIVE',
			contact: picked('Ridgeway University', 'name'),
			bankAccount: picked('090', 'code'),
			...line,
		});
		await one(
			{
				resource: 'bankTransaction',
				operation: 'update',
				bankTransaction: ID,
				updateFields: { reference: 'Changed' },
			},
			BankTransactionID,
		);

		const read = await one(
			{ resource: 'bankTransaction', operation: 'get', bankTransaction: ID },
			BankTransactionID,
		);

		expect(read).toMatchObject({ Reference: 'Changed', Total: 115 });
	});
});

it('an inclusive quote whose lines come without their tax is refused with both figures, and stays', async () => {
	const xero = await connectEngine({
		switches: { quotes: { answersLinesWithoutTax: true } },
		app: { tier: 'advanced', bankFeeds: true },
		scopes: everyScope,
	});
	try {
		const [contact] = await xero.read('Contacts?page=1&pageSize=1');
		const LineItems = [
			{
				Description: 'Work',
				Quantity: 1,
				UnitAmount: 1265,
				AccountCode: '200',
				TaxType: 'OUTPUT2',
			},
		];
		const call = async (method: string, path: string, body?: unknown) =>
			await xero.sandbox.call(xero.tokens, xero.tenantId, method, `/api.xro/2.0${path}`, body);
		await call('PUT', '/Quotes', {
			Quotes: [
				{
					Contact: { ContactID: contact?.['ContactID'] },
					Date: '2026-11-01',
					LineAmountTypes: 'INCLUSIVE',
					LineItems,
				},
			],
		});
		const [quote] = await xero.read('Quotes?page=1');
		await xero.sandbox.forgetRequests();

		const execution = await xero.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'quote',
					operation: 'update',
					quote: ID,
					lineItemsMode: 'rows',
					...line,
				},
			}),
			{ input: [{ json: { id: quote?.['QuoteID'] } as IDataObject }] },
		);

		expect(execution.error).toMatchObject({
			message:
				'The lines that Xero gives of this quote make a Total of 1100.00, but it has 1265.00: sent back with the change, they would change that [row 1, item index 0]',
			description: expect.stringContaining('Update with Existing Lines: Replace All'),
		});
		const writes = (await xero.sandbox.requests()).filter(({ method }) => method !== 'GET');
		expect(writes).toEqual([]);
	} finally {
		await xero.close();
	}
});
