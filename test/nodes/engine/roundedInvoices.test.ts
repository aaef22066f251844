import type { INodeParameters } from 'n8n-workflow';

import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { picked } from '../operations/OperationCases';
import { everyScope } from '../support/everyScope';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

/** An organisation for which Xero has enabled rounding. */
let xero: ConnectedEngine;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	await xero.sandbox.setFaults({ roundsInvoices: true });
});
afterAll(async () => {
	await xero.close();
});

async function create(additionalFields: INodeParameters) {
	const parameters: INodeParameters = {
		resource: 'invoice',
		operation: 'create',
		type: 'ACCREC',
		contact: picked('Ridgeway University', 'name'),
		lineItemsMode: 'rows',
		lineItems: {
			line: [{ description: 'Desk', quantity: '2', unitAmount: '100', accountCode: picked('200') }],
		},
		additionalFields: { dueDate: '2026-11-30', ...additionalFields },
	};
	return await xero.engine.run(xeroWorkflow({ parameters }), { input: [{ json: {} }] });
}

const rounded = { roundingAmount: '0.04', subTotal: '200.00', totalTax: '30.00', total: '230.04' };

it('rounds an authorised invoice by the amount that the sums agree with', async () => {
	const execution = await create({ status: 'AUTHORISED', ...rounded });

	expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
		RoundingAmount: 0.04,
		EnteredTotal: 230.04,
		SubTotal: 200,
		TotalTax: 30,
		Total: 230.04,
	});
});

it('keeps the total of a draft as it was entered', async () => {
	const execution = await create({ enteredTotal: '231.00' });

	expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({ EnteredTotal: 231, Total: 230 });
});

it("says what Xero has against sums that are not the invoice's", async () => {
	const execution = await create({ status: 'AUTHORISED', ...rounded, total: '230.00' });

	expect(execution.error?.message).toContain('do not match the line items and RoundingAmount');
});
