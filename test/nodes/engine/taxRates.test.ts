import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import { picked } from '../operations/OperationCases';
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

const federal = { Name: 'Federal', Rate: 5 };
const state = { Name: 'State', Rate: 3, IsCompound: true };
const oneTaxRate = async () =>
	await ledger.put('TaxRates', {
		TaxRates: [
			{
				Name: ledger.unique('Two in one'),
				ReportTaxType: 'OUTPUT',
				TaxComponents: [federal, state],
			},
		],
	});
const update = async (
	rates: readonly IDataObject[],
	component: readonly INodeParameters[],
	more: INodeParameters = {},
) =>
	await xero.engine.run(
		xeroWorkflow({
			parameters: {
				resource: 'taxRate',
				operation: 'update',
				taxRate: picked('={{ $json.TaxType }}'),
				updateFields: { taxComponents: { component: [...component] }, ...more },
			},
		}),
		{ input: rates.map((json) => ({ json })) },
	);

it.each<[string, readonly INodeParameters[], readonly IDataObject[]]>([
	['one of another rate', [{ name: 'federal', rate: '6' }], [{ ...federal, Rate: 6 }, state]],
	['a new one', [{ name: 'City', rate: '1' }], [federal, state, { Name: 'City', Rate: 1 }]],
	['none', [], [federal, state]],
])('all components of a tax rate go along with %s', async (_what, component, expected) => {
	const rate = await oneTaxRate();

	const execution = await update([rate], component);

	expect(execution.error).toBeUndefined();
	expect(execution.itemsOf(XERO_NODE)[0]?.json).toMatchObject({
		Name: rate['Name'],
		TaxComponents: expected,
	});
});

it('the rates are read once, however many are changed', async () => {
	const rates = [await oneTaxRate(), await oneTaxRate(), await oneTaxRate()];
	await xero.sandbox.forgetRequests();

	await update(rates, [{ name: 'Federal', rate: '7' }]);

	const requests = (await xero.sandbox.requests()).filter(({ path }) => path.endsWith('/TaxRates'));
	expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST', 'POST']);
});
