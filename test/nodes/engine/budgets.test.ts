import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { picked } from '../operations/OperationCases';
import { ledgerOfSandbox } from '../operations/ledgerOfSandbox';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
});
afterAll(async () => {
	await xero.close();
});

it.each([
	['a list, as the schema has it', false],
	['an object, as the example has it', true],
])('reads one that comes as %s', async (_name, singleBudgetAsObject) => {
	const [known] = await ledgerOfSandbox(xero).get('Budgets');
	await xero.sandbox.setFaults({ singleBudgetAsObject });

	const execution = await xero.engine.run(
		xeroWorkflow({
			parameters: {
				resource: 'budget',
				operation: 'get',
				budget: picked(String(known?.['BudgetID'])),
			},
		}),
		{ input: [{ json: {} }] },
	);

	const [budget] = execution.itemsOf(XERO_NODE);
	expect(budget?.json).toMatchObject({
		Description: 'Overall Budget',
		BudgetLines: expect.arrayContaining([expect.objectContaining({ AccountCode: '200' })]),
	});
});
