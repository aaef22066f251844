import { answerOf, connectSandbox, type ConnectedSandbox } from './connectedSandbox';
import type { Json } from './XeroBody';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const SCOPES = ['payroll.employees.read', 'payroll.payruns.read', 'payroll.timesheets.read'];

let sandbox: ConnectedSandbox;
const tenants = { NZ: '', AU: '', GB: '', US: '' };
type Country = keyof typeof tenants;

beforeAll(async () => {
	sandbox = await connectSandbox({}, { tier: 'core' });
	const { organisations } = await sandbox.state();
	const american = await sandbox.createOrganisation({ name: 'Ridgeway Inc', country: 'US' });
	const ids = [...organisations, american].map(({ tenantId }) => tenantId);
	[tenants.NZ = '', tenants.AU = '', tenants.GB = '', tenants.US = ''] = ids;
	const { access_token } = await sandbox.authorise(sandbox.app, {
		scopes: SCOPES,
		organisations: ids,
	});
	token = access_token;
});
afterAll(() => sandbox.close());

let token: string;
const get = async (country: Country, path: string, headers?: Readonly<Record<string, string>>) =>
	await answerOf(
		await sandbox.call(
			{ access_token: token },
			tenants[country],
			'GET',
			`/payroll.xro/${path}`,
			undefined,
			headers,
		),
	);

describe('Payroll 1.0 of Australia', () => {
	const list = async (path: string, headers?: Readonly<Record<string, string>>) => {
		const { json } = await get('AU', `1.0/${path}`, headers);
		return Object.values(json).find(Array.isArray) as Json[];
	};

	it('gives a hundred at a time, whether a page is asked for or not', async () => {
		expect(await list('Timesheets')).toHaveLength(100);
		expect(await list('Timesheets?page=2')).toHaveLength(20);
		expect((await get('AU', '1.0/Timesheets')).json).not.toHaveProperty('pagination');
	});

	it('filters, sorts and knows what changed', async () => {
		const [left, ...others] = await list('Employees?where=Status=="TERMINATED"');
		const names = (await list('Employees?order=FirstName DESC')).map((one) => one['FirstName']);
		const since = { 'if-modified-since': '2026-01-10T00:00:00' };

		expect(others).toEqual([]);
		expect(left).toMatchObject({ TerminationDate: '/Date(1793404800000+0000)/' });
		expect(names).toEqual([...names].sort().reverse());
		expect(await list('Employees', since)).toHaveLength(4);
	});

	it('says more of one than of many', async () => {
		const [employee] = await list('Employees');
		const [payRun] = await list('PayRuns?where=PayRunStatus=="DRAFT"');
		const [timesheet] = await list('Timesheets');

		const one = await list(`Employees/${String(employee?.['EmployeeID'])}`);
		const pay = await list(`PayRuns/${String(payRun?.['PayRunID'])}`);
		const { json } = await get('AU', `1.0/Timesheets/${String(timesheet?.['TimesheetID'])}`);

		expect(employee).not.toHaveProperty('HomeAddress');
		expect(one).toEqual([
			expect.objectContaining({ ...employee, HomeAddress: expect.any(Object) }),
		]);
		expect(pay).toEqual([expect.objectContaining({ ...payRun, Payslips: expect.any(Array) })]);
		expect(json['Timesheet']).toEqual(timesheet);
		expect((await get('AU', `1.0/Employees/${UNKNOWN}`)).status).toBe(404);
	});

	it('says what it cannot filter by', async () => {
		const { status, json } = await get('AU', '1.0/Employees?where=Colour=="red"');

		expect(status).toBe(400);
		expect(json).toMatchObject({ ErrorNumber: 16, Type: 'QueryParseException' });
	});
});

describe.each(['NZ', 'GB'] as const)('Payroll 2.0 in %s', (country) => {
	const list = async (path: string) => {
		const { json } = await get(country, `2.0/${path}`);
		return Object.values(json).find(Array.isArray) as Json[];
	};

	it('gives a hundred at a time, and says how many there are', async () => {
		const { json } = await get(country, '2.0/Timesheets?page=2');

		expect(json).toMatchObject({
			httpStatusCode: 'OK',
			pagination: { page: 2, pageSize: 100, pageCount: 2, itemCount: 120 },
			problem: null,
		});
		expect(json['timesheets']).toHaveLength(20);
	});

	it('filters by names, states and days', async () => {
		const [someone] = await list('Employees');
		const named = await list(`Employees?filter=firstName==${String(someone?.['firstName'])}`);
		const drafts = await list('PayRuns?status=Draft');
		const sheets = await list(
			`Timesheets?status=Completed&startDate=2026-08-10&endDate=2026-08-23&filter=employeeId==${String(someone?.['employeeID'])}`,
		);

		expect(named).toEqual([someone]);
		expect(drafts.map((one) => one['payRunStatus'])).toEqual(['Draft']);
		expect(sheets.map((one) => one['startDate'])).toEqual([
			'2026-08-10T00:00:00',
			'2026-08-17T00:00:00',
		]);
	});

	it('says more of one than of many, and what it does not know', async () => {
		const [employee] = await list('Employees');
		const [payRun] = await list('PayRuns');
		const [timesheet] = await list('Timesheets');
		const read = async (path: string) => (await get(country, `2.0/${path}`)).json;

		expect(await read(`Employees/${String(employee?.['employeeID'])}`)).toMatchObject({
			employee: employee as Json,
		});
		expect(await read(`PayRuns/${String(payRun?.['payRunID'])}`)).toMatchObject({
			payRun: { ...payRun, paySlips: expect.any(Array) as unknown },
		});
		expect(await read(`Timesheets/${String(timesheet?.['timesheetID'])}`)).toMatchObject({
			timesheet: { ...timesheet, timesheetLines: expect.any(Array) as unknown },
		});
		const unknown = await get(country, `2.0/Employees/${UNKNOWN}`);
		expect(unknown.status).toBe(404);
		expect(unknown.json['problem']).toMatchObject({ title: 'NotFound' });
		expect((await get(country, '2.0/Employees?filter=colour==red')).status).toBe(400);
	});
});

it.each([
	['US', '1.0/Employees'],
	['US', '2.0/Employees'],
	['NZ', '1.0/Employees'],
	['AU', '2.0/PayRuns'],
] as const)('has no payroll in %s at %s: 403 without a body', async (country, path) => {
	const { status, text } = await get(country, path);

	expect({ status, text }).toEqual({ status: 403, text: '' });
});

it('wants the scope of each kind of record', async () => {
	const { access_token } = await sandbox.authorise(await sandbox.createApp(), {
		scopes: ['payroll.employees'],
		organisations: [tenants.AU],
	});
	const status = async (path: string) =>
		(await sandbox.call({ access_token }, tenants.AU, 'GET', `/payroll.xro/1.0/${path}`)).status;

	expect([await status('Employees'), await status('PayRuns'), await status('Timesheets')]).toEqual([
		200, 401, 401,
	]);
});
