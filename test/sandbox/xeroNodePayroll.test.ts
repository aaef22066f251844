import { PayrollAuApi, PayrollNzApi, PayrollUkApi } from 'xero-node';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

/** Xero's own SDK, as a client that knows nothing of us, on the payrolls of three countries. */
let sandbox: ConnectedSandbox;
let accessToken: string;
let tenants: readonly string[];

beforeAll(async () => {
	sandbox = await connectSandbox();
	tenants = (await sandbox.state()).organisations.map(({ tenantId }) => tenantId);
	({ access_token: accessToken } = await sandbox.authorise(sandbox.app, {
		scopes: ['payroll.employees.read', 'payroll.payruns.read', 'payroll.timesheets.read'],
		organisations: tenants,
	}));
});
afterAll(() => sandbox.close());

it('reads employees, pay runs and timesheets in Australia', async () => {
	const [, tenantId = ''] = tenants;
	const api = new PayrollAuApi(`${sandbox.url}/payroll.xro/1.0`);
	api.accessToken = accessToken;

	const employees = await api.getEmployees(tenantId, undefined, 'Status=="ACTIVE"', 'FirstName', 1);
	const employeeID = employees.body.employees?.[0]?.employeeID ?? '';
	const one = await api.getEmployee(tenantId, employeeID);
	const changed = await api.getEmployees(tenantId, new Date('2026-01-10'));
	const payRuns = await api.getPayRuns(tenantId, undefined, 'PayRunStatus=="DRAFT"');
	const payRun = await api.getPayRun(tenantId, payRuns.body.payRuns?.[0]?.payRunID ?? '');
	const timesheets = await api.getTimesheets(tenantId, undefined, undefined, undefined, 2);
	const timesheet = await api.getTimesheet(
		tenantId,
		timesheets.body.timesheets?.[0]?.timesheetID ?? '',
	);

	expect(employees.body.employees).toHaveLength(11);
	expect(one.body.employees?.[0]).toMatchObject({ employeeID, jobTitle: expect.any(String) });
	expect(changed.body.employees).toHaveLength(4);
	expect(payRun.body.payRuns?.[0]?.payslips).toHaveLength(12);
	expect(timesheets.body.timesheets).toHaveLength(20);
	expect(timesheet.body.timesheet?.timesheetLines?.[0]?.numberOfUnits).toHaveLength(7);
});

it.each([
	['New Zealand', 0, PayrollNzApi],
	['the United Kingdom', 2, PayrollUkApi],
])('reads employees, pay runs and timesheets in %s', async (_name, index, Api) => {
	const tenantId = tenants[index] ?? '';
	const api = new Api(`${sandbox.url}/payroll.xro/2.0`);
	api.accessToken = accessToken;

	const employees = await api.getEmployees(tenantId);
	const someone = employees.body.employees?.[0];
	const one = await api.getEmployee(tenantId, someone?.employeeID ?? '');
	const named = await api.getEmployees(tenantId, `lastName==${someone?.lastName}`);
	const payRuns = await api.getPayRuns(tenantId, 1, 'Draft');
	const payRun = await api.getPayRun(tenantId, payRuns.body.payRuns?.[0]?.payRunID ?? '');
	const timesheets = await api.getTimesheets(tenantId, 1, undefined, 'Draft');
	const timesheet = await api.getTimesheet(
		tenantId,
		timesheets.body.timesheets?.[0]?.timesheetID ?? '',
	);

	expect(employees.body.pagination?.itemCount).toBe(12);
	expect(one.body.employee).toMatchObject({
		employeeID: someone?.employeeID,
		address: someone?.address,
	});
	expect(named.body.employees).toContainEqual(someone);
	expect(payRun.body.payRun?.paySlips).toHaveLength(12);
	expect(timesheets.body.timesheets).toHaveLength(12);
	expect(timesheet.body.timesheet?.timesheetLines?.length).toBeGreaterThan(3);
});

it('is told that an organisation has no payroll of the other kind', async () => {
	const api = new PayrollAuApi(`${sandbox.url}/payroll.xro/1.0`);
	api.accessToken = accessToken;

	await expect(api.getEmployees(tenants[0] ?? '')).rejects.toContain('403');
});
