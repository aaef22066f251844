import type { IDataObject, INodeParameters } from 'n8n-workflow';

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
						{ lineItemId: String(first), description: 'One, changed', quantity: '' },
						{ lineItemId: String(second) },
					],
				},
			}),
		);

		const updated = execution.itemsOf(XERO_NODE)[0]?.json as IDataObject;
		expect(lineIds(updated)).toEqual([first, second]);
		expect(updated['LineItems']).toMatchObject([
			{ Description: 'One, changed' },
			{ Description: 'Two' },
		]);
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
});
