import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

describe('invoice: update and create or update', () => {
	let xero: ConnectedEngine;

	beforeAll(async () => {
		xero = await connectEngine();
	});
	afterAll(async () => {
		await xero.close();
	});

	async function draft(reference: string): Promise<IDataObject> {
		const execution = await xero.engine.run(
			xeroWorkflow({
				parameters: {
					resource: 'invoice',
					operation: 'create',
					type: 'ACCREC',
					contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
					lineItemsMode: 'json',
					lineItemsJson: JSON.stringify([
						{ Description: 'One', Quantity: 1, UnitAmount: 10, AccountCode: '200' },
						{ Description: 'Two', Quantity: 2, UnitAmount: 20, AccountCode: '200' },
					]),
					additionalFields: { reference },
				},
			}),
		);
		return execution.itemsOf(XERO_NODE)[0]?.json as IDataObject;
	}

	const update = (parameters: INodeParameters) =>
		xeroWorkflow({ parameters: { resource: 'invoice', operation: 'update', ...parameters } });
	const lineIds = (invoice: IDataObject) =>
		(invoice['LineItems'] as IDataObject[]).map(({ LineItemID }) => LineItemID);

	it('leaves the lines alone when only other fields change', async () => {
		const invoice = await draft('before');

		const execution = await xero.engine.run(
			update({
				invoice: { __rl: true, mode: 'id', value: String(invoice['InvoiceID']) },
				updateFields: { reference: 'after' },
			}),
		);

		const updated = execution.itemsOf(XERO_NODE)[0]?.json as IDataObject;
		expect(updated['Reference']).toBe('after');
		expect(lineIds(updated)).toEqual(lineIds(invoice));
	});

	it('keeps what a blank field leaves open, and empties what Other Fields says', async () => {
		const invoice = await draft('to be emptied');
		const change = async (updateFields: INodeParameters) =>
			(
				await xero.engine.run(
					update({
						invoice: { __rl: true, mode: 'id', value: String(invoice['InvoiceID']) },
						updateFields,
					}),
				)
			).itemsOf(XERO_NODE)[0]?.json;

		expect(await change({ reference: '' })).toMatchObject({ Reference: 'to be emptied' });
		expect(await change({ otherFields: '{"Reference": ""}' })).toMatchObject({ Reference: '' });
	});

	it('keeps the identity of lines that are given with their Line Item ID', async () => {
		const invoice = await draft('with lines');
		const [first, second] = lineIds(invoice);

		const execution = await xero.engine.run(
			update({
				invoice: {
					__rl: true,
					mode: 'url',
					value: `https://go.xero.com/app/invoicing/view/${invoice['InvoiceID']}`,
				},
				lineItemsMode: 'rows',
				lineItems: {
					line: [
						{ lineItemId: String(first), description: 'One, changed' },
						{ lineItemId: String(second) },
					],
				},
			}),
		);

		const updated = execution.itemsOf(XERO_NODE)[0]?.json as IDataObject;
		expect(lineIds(updated)).toEqual([first, second]);
		expect(updated['LineItems']).toMatchObject([
			{ Description: 'One, changed', Quantity: 1, UnitAmount: 10 },
			{ Description: 'Two', Quantity: 2, UnitAmount: 20 },
		]);
		expect(updated['SubTotal']).toBe(50);
	});

	it('updates many invoices in one request', async () => {
		const invoices = await Promise.all(['a', 'b', 'c'].map(async (name) => await draft(name)));
		await xero.sandbox.forgetRequests();

		const execution = await xero.engine.run(
			update({
				invoice: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				updateFields: { reference: '={{ $json.reference }}' },
			}),
			{
				input: itemsOf(3, (index) => ({
					id: invoices[index]?.['InvoiceID'],
					reference: `changed ${index}`,
				})),
			},
		);

		expect(execution.itemsOf(XERO_NODE).map(({ json }) => json['Reference'])).toEqual([
			'changed 0',
			'changed 1',
			'changed 2',
		]);
		expect(await xero.sandbox.requests()).toMatchObject([
			{ path: '/connections' },
			{ method: 'POST', elements: 3 },
		]);
	});

	it("passes on Xero's refusal of a status change", async () => {
		const invoice = await draft('to be voided');

		const execution = await xero.engine.run(
			update({
				invoice: { __rl: true, mode: 'id', value: String(invoice['InvoiceID']) },
				updateFields: { status: 'VOIDED' },
			}),
		);

		expect(execution.error?.message).toContain('Invoice not of valid status for modification');
	});

	it('creates the first time and updates the second, by invoice number', async () => {
		const upsert = (reference: string) =>
			xeroWorkflow({
				parameters: {
					resource: 'invoice',
					operation: 'upsert',
					matchBy: 'invoiceNumber',
					matchValue: 'HUB-0001',
					type: 'ACCREC',
					contact: { __rl: true, mode: 'name', value: 'Ridgeway University' },
					lineItems: { line: [{ description: 'One', unitAmount: '10' }] },
					additionalFields: { reference },
				},
			});

		const first = await xero.engine.run(upsert('first'));
		const second = await xero.engine.run(upsert('second'));

		const [created] = first.itemsOf(XERO_NODE);
		const [updated] = second.itemsOf(XERO_NODE);
		expect(updated?.json).toMatchObject({
			InvoiceID: created?.json['InvoiceID'],
			InvoiceNumber: 'HUB-0001',
			Reference: 'second',
		});
	});

	describe('bills by their number', () => {
		const contactIn = (mode: string, value: string) => ({ __rl: true, mode, value });
		const upsertBill = (
			items: INodeExecutionData[],
			onError?: 'continueRegularOutput',
			contact = contactIn('name', '={{ $json.supplier }}'),
		) =>
			xero.engine.run(
				xeroWorkflow({
					parameters: {
						resource: 'invoice',
						operation: 'upsert',
						matchBy: 'invoiceNumber',
						matchValue: '={{ $json.number }}',
						type: 'ACCPAY',
						contact,
						lineItemsMode: 'json',
						lineItemsJson:
							'=[{"Description": "Paper", "Quantity": 1, "UnitAmount": "{{ $json.price }}", "AccountCode": "400"}]',
					},
					onError,
				}),
				{ input: items },
			);
		const bill = (number: string, price = '10', supplier = 'Paper Mill Ltd') => ({
			json: { number, price, supplier },
		});
		const billsOf = async (number: string) =>
			await xero.read(
				`Invoices?page=1&InvoiceNumbers=${encodeURIComponent(number)}&where=${encodeURIComponent('Type=="ACCPAY"')}`,
			);

		it('makes no second bill when it runs again, but changes the first', async () => {
			const [first] = (await upsertBill([bill('B-1')])).itemsOf(XERO_NODE);

			const [second] = (await upsertBill([bill('b-1', '25')])).itemsOf(XERO_NODE);

			expect(second?.json).toMatchObject({ InvoiceID: first?.json['InvoiceID'], SubTotal: 25 });
			expect(await billsOf('B-1')).toHaveLength(1);
		});

		it('finds the bill of a contact that is given by its ID', async () => {
			const [first] = (await upsertBill([bill('B-2')])).itemsOf(XERO_NODE);
			const { ContactID } = first?.json['Contact'] as IDataObject;

			await upsertBill([bill('B-2', '30')], undefined, contactIn('id', String(ContactID)));

			expect(await billsOf('B-2')).toMatchObject([{ SubTotal: 30 }]);
		});

		it('takes a bill of another supplier for another one', async () => {
			await upsertBill([bill('B-3')]);

			await upsertBill([bill('B-3', '12', 'Ink Works Ltd')]);

			expect(await billsOf('B-3')).toHaveLength(2);
		});

		it('refuses a number that several bills of the contact have, and names them', async () => {
			const contact = { Name: 'Paper Mill Ltd' };
			const invoice = {
				Type: 'ACCPAY',
				Contact: contact,
				InvoiceNumber: 'B-4',
				LineItems: [{ Description: 'Paper', UnitAmount: 1 }],
			};
			await xero.sandbox.call(xero.tokens, xero.tenantId, 'PUT', '/api.xro/2.0/Invoices', {
				Invoices: [invoice, invoice],
			});

			const execution = await upsertBill([bill('B-4'), bill('B-5')], 'continueRegularOutput');

			const ids = (await billsOf('B-4')).map(({ InvoiceID }) => String(InvoiceID));
			expect(ids).toHaveLength(2);
			const [refused, made] = execution.itemsOf(XERO_NODE).map(({ json }) => json);
			expect(refused?.['error']).toContain('2 bills of this contact have the number "B-4"');
			for (const id of ids) expect(refused?.['error']).toContain(id);
			expect(made).toMatchObject({ InvoiceNumber: 'B-5' });
		});

		it('refuses the second of two items that would both make the bill', async () => {
			const execution = await upsertBill([bill('B-6'), bill('B-6')], 'continueRegularOutput');

			expect(execution.itemsOf(XERO_NODE)).toMatchObject([
				{ json: { InvoiceNumber: 'B-6' } },
				{
					json: {
						error: 'Rows 1 and 2, item indexes 0 and 1, write the same bill of this contact: "B-6"',
					},
				},
			]);
			expect(await billsOf('B-6')).toHaveLength(1);
		});

		it('takes a number with a comma as one', async () => {
			await upsertBill([bill('B-7, part 1')]);

			const execution = await upsertBill([bill('B-7, part 1', '40')]);

			expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({ SubTotal: 40 });
			expect(
				(await xero.read('Invoices?page=1&searchTerm=B-7')).map(({ SubTotal }) => SubTotal),
			).toEqual([40]);
		});

		it('makes a new bill where the one with the number is voided', async () => {
			const [first] = (await upsertBill([bill('B-8')])).itemsOf(XERO_NODE);
			await xero.sandbox.call(
				xero.tokens,
				xero.tenantId,
				'POST',
				`/api.xro/2.0/Invoices/${String(first?.json['InvoiceID'])}`,
				{ Status: 'DELETED' },
			);

			const [second] = (await upsertBill([bill('B-8')])).itemsOf(XERO_NODE);

			expect(second?.json['InvoiceID']).not.toBe(first?.json['InvoiceID']);
		});

		it('looks 60 numbers up in 3 requests', async () => {
			await xero.sandbox.forgetRequests();

			await upsertBill(Array.from({ length: 60 }, (_, index) => bill(`MANY-${index}`)));

			const requests = (await xero.sandbox.requests()).filter(({ path }) =>
				path.endsWith('/Invoices'),
			);
			expect(requests.map(({ method, elements }) => [method, elements])).toEqual([
				['GET', null],
				['GET', null],
				['GET', null],
				['POST', 50],
				['POST', 10],
			]);
		});
	});
});
