import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { picked, UNKNOWN_ID } from '../operations/OperationCases';
import { createEngine } from '../../support/n8nEngine';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { startFakeHub } from '../support/fakeHub';
import { pairedItems, XERO_NODE, xeroNode, xeroWorkflow } from '../support/xeroWorkflow';

const SCOPES = [
	'offline_access',
	'accounting.settings.read',
	'payroll.employees.read',
	'payroll.payruns.read',
	'payroll.timesheets.read',
];

let xero: ConnectedEngine;
/** In New Zealand, Australia and the United Kingdom. */
let tenants: readonly string[];

beforeAll(async () => {
	xero = await connectEngine({ allOrganisations: true, scopes: SCOPES });
	tenants = (await xero.sandbox.state()).organisations.map(({ tenantId }) => tenantId);
});
afterAll(async () => {
	await xero.close();
});
beforeEach(async () => {
	await xero.sandbox.forgetRequests();
});

const inTenant = picked('={{ $json.tenant }}');
const run = async (
	parameters: INodeParameters,
	items: readonly INodeExecutionData['json'][],
	onError?: 'continueRegularOutput',
) =>
	await xero.engine.run(
		xeroWorkflow({
			parameters: { operation: 'getAll', organisation: inTenant, ...parameters },
			onError,
		}),
		{ input: items.map((json) => ({ json })) },
	);
const paths = async () =>
	(await xero.sandbox.requests()).map(({ path }) => path.replace('/api.xro/2.0', ''));

it('reads the payroll of the country that each organisation is in, and asks for that once', async () => {
	const [nz, au, gb] = tenants;

	const execution = await run({ resource: 'employee', limit: 1 }, [
		{ tenant: nz },
		{ tenant: au },
		{ tenant: gb },
		{ tenant: au },
	]);

	expect(execution.error).toBeUndefined();
	const items = execution.itemsOf(XERO_NODE);
	expect(pairedItems(items)).toEqual([0, 1, 2, 3]);
	expect(items.map(({ json }) => Object.keys(json)[0])).toEqual([
		'firstName',
		'FirstName',
		'firstName',
		'FirstName',
	]);
	expect(items[1]?.json).toMatchObject({ Status: 'ACTIVE', StartDate: '2026-01-01' });
	expect((await paths()).filter((path) => path === '/Organisation')).toHaveLength(3);
});

it('reads all pages, of either kind', async () => {
	const [nz, au] = tenants;

	const execution = await run({ resource: 'timesheet', returnAll: true }, [
		{ tenant: nz },
		{ tenant: au },
	]);

	const paired = pairedItems(execution.itemsOf(XERO_NODE));
	expect([0, 1].map((item) => paired.filter((one) => one === item).length)).toEqual([120, 120]);
});

it('filters in Australia as elsewhere', async () => {
	const [, au] = tenants;
	const filters = { status: 'Processed', startDate: '2026-08-10', endDate: '2026-08-16' };

	const sheets = await run({ resource: 'timesheet', returnAll: true, filters }, [{ tenant: au }]);
	const drafts = await run({ resource: 'payRun', filters: { status: 'Draft' } }, [{ tenant: au }]);
	const late = await run(
		{
			resource: 'employee',
			filters: { updatedSince: '2026-01-10T00:00:00Z', where: 'Status=="ACTIVE"' },
		},
		[{ tenant: au }],
	);

	expect(sheets.itemsOf(XERO_NODE)).toHaveLength(12);
	expect(drafts.itemsOf(XERO_NODE).map(({ json }) => json['PayRunStatus'])).toEqual(['DRAFT']);
	expect(late.itemsOf(XERO_NODE)).toHaveLength(3);
});

it('leaves out what did not change where Xero cannot', async () => {
	const [, , gb] = tenants;
	const filters = { updatedSince: '2026-01-10T00:00:00Z' };

	const { itemsOf } = await run({ resource: 'employee', filters }, [{ tenant: gb }]);

	expect(itemsOf(XERO_NODE)).toHaveLength(4);
});

it('gets one employee whole where that is wanted', async () => {
	const [, au] = tenants;
	const listed = await run({ resource: 'employee', limit: 1 }, [{ tenant: au }]);
	const id = String(listed.itemsOf(XERO_NODE)[0]?.json['EmployeeID']);

	const get = (simplify: boolean) =>
		run({ resource: 'employee', operation: 'get', employee: picked(id), simplify }, [
			{ tenant: au },
		]);

	expect((await get(true)).itemsOf(XERO_NODE)[0]?.json).not.toHaveProperty('TaxDeclaration');
	expect((await get(false)).itemsOf(XERO_NODE)[0]?.json).toMatchObject({
		EmployeeID: id,
		TaxDeclaration: { EmploymentBasis: 'FULLTIME' },
		DateOfBirth: expect.stringMatching(/^\d{4}-\d\d-15$/),
	});
});

it.each([
	['1.0', { Employees: [] }],
	['2.0', { employee: null }],
])('takes an answer without an employee for an unknown id (%s)', async (payroll, body) => {
	const hub = await startFakeHub(() => ({ status: 200, body }));
	const engine = await createEngine({
		credentials: { hub: { baseUrl: hub.url, apiKey: 'xhk_test' } },
	});

	const { error } = await engine.run(
		xeroWorkflow({
			parameters: {
				authentication: 'hub',
				organisation: picked(UNKNOWN_ID),
				resource: 'employee',
				operation: 'get',
				employee: picked(UNKNOWN_ID),
				payroll,
			},
		}),
		{ input: [{ json: {} }] },
	);
	await hub.close();

	expect(error?.message).toContain('Xero has no employee with this id');
});

it('asks nothing of the organisation where the country is named', async () => {
	const [, au] = tenants;

	await run({ resource: 'payRun', payroll: '1.0' }, [{ tenant: au }]);

	expect(await paths()).toEqual(['/payroll.xro/1.0/PayRuns']);
});

it('says which country has no payroll, beside the items that have one', async () => {
	const { tenantId } = await xero.sandbox.createOrganisation({ name: 'Inc', country: 'US' });
	await xero.sandbox.authorise(xero.app, { scopes: SCOPES, organisations: [tenantId] });

	const execution = await run(
		{ resource: 'employee', limit: 1 },
		[{ tenant: tenantId }, { tenant: tenants[1] }],
		'continueRegularOutput',
	);

	const [refused, read] = execution.itemsOf(XERO_NODE);
	expect(refused?.json['error']).toContain(
		'Xero has no payroll API for the country of the organisation (US)',
	);
	expect(read?.json['EmployeeID']).toEqual(expect.any(String));
});

it('says what to do where payroll is not set up, and that where is for Australia', async () => {
	const [nz] = tenants;

	const closed = await run({ resource: 'payRun', payroll: '1.0' }, [{ tenant: nz }]);
	const where = await run({ resource: 'payRun', filters: { where: 'Wages>1' } }, [{ tenant: nz }]);

	expect(closed.error?.message).toContain('Xero does not open the payroll of the organisation');
	expect(closed.error?.description).toContain('payroll administrator');
	expect(where.error?.message).toContain('Where works with the payroll of Australia only');
});

it('names the scopes that it lacks', async () => {
	const bare = await connectEngine({ scopes: ['offline_access', 'accounting.settings.read'] });
	const blind = await connectEngine({ scopes: ['offline_access', 'payroll.employees.read'] });
	const list = async ({ engine }: ConnectedEngine) =>
		(
			await engine.run(
				xeroWorkflow({ parameters: { resource: 'employee', operation: 'getAll' } }),
				{ input: [{ json: {} }] },
			)
		).error;

	expect((await list(bare))?.message).toContain('payroll.employees or payroll.employees.read');
	const noCountry = await list(blind);
	expect(noCountry?.message).toContain('accounting.settings or accounting.settings.read');
	expect(noCountry?.description).toContain('name it in Payroll Of instead');
	await Promise.all([bare.close(), blind.close()]);
});

it.each([
	['New Zealand', 0],
	['Australia', 1],
])('lists employees to pick from in %s', async (_country, index) => {
	const pick = async (sought: string, tenant = tenants[index]) =>
		await xero.engine.pick(
			xeroNode({ authentication: 'oAuth2', organisation: picked(String(tenant)) }),
			'searchEmployees',
			sought,
		);

	const { results } = await pick('aroha');

	expect(results).toEqual([
		{ name: expect.stringMatching(/^Aroha \w+$/), value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
	]);
	await expect(pick('', UNKNOWN_ID)).rejects.toThrow(/does not let this connection/);
});
