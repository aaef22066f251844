import { connectSandbox, salesInvoice, type ConnectedSandbox } from './connectedSandbox';

/** The sandbox's clock stands still here, so that days have a meaning. */
const NOW = Date.UTC(2026, 10, 20, 3);
const SCOPES = [
	'aged',
	'balancesheet',
	'banksummary',
	'budgetsummary',
	'executivesummary',
	'profitandloss',
	'trialbalance',
	'taxreports',
	'tenninetynine',
].map((name) => `accounting.reports.${name}.read`);

interface Row {
	readonly RowType: string;
	readonly Title?: string;
	readonly Cells?: readonly { readonly Value: string; readonly Attributes?: readonly object[] }[];
	readonly Rows?: readonly Row[];
}
interface Report {
	readonly ReportName: string;
	readonly ReportTitles: readonly string[];
	readonly ReportDate: string;
	readonly ReportID: string;
	readonly Rows: readonly Row[];
}

let sandbox: ConnectedSandbox;
let contactId: string;
let accountId: string;
beforeAll(async () => {
	sandbox = await connectSandbox({ now: () => NOW });
	const { Invoices } = (await sandbox.put('/Invoices', { Invoices: [salesInvoice()] })).json;
	contactId = Invoices[0].Contact.ContactID;
	const accounts = (await sandbox.get('/Accounts?where=Code=="200"')).json['Accounts'];
	accountId = (accounts as readonly { AccountID: string }[])[0]?.AccountID ?? '';
});
afterAll(() => sandbox.close());

const get = async (path: string, scopes: readonly string[] = SCOPES, app = sandbox.app) => {
	const tokens = await sandbox.authorise(app, { scopes });
	return await sandbox.call(tokens, sandbox.tenantId, 'GET', `/api.xro/2.0/Reports${path}`);
};
const read = async (path: string): Promise<Report> => {
	const response = await get(path);
	if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
	const { Reports } = (await response.json()) as { Reports: readonly Report[] };
	return Reports[0] as Report;
};
const lines = (rows: readonly Row[]): string[][] =>
	rows.flatMap((row) => [
		...(row.Cells === undefined ? [] : [row.Cells.map(({ Value }) => Value)]),
		...lines(row.Rows ?? []),
	]);
const line = ({ Rows }: Report, name: string) => lines(Rows).find(([first]) => first === name);
const cents = (text: string | undefined) => Math.round(Number(text) * 100);

it('has as many debits as credits in its trial balance, in the month and in the year', async () => {
	const [, debit, credit, yearDebit, yearCredit] =
		line(await read('/TrialBalance?date=2026-11-20'), 'Total') ?? [];

	expect(debit).toBe(credit);
	expect(yearDebit).toBe(yearCredit);
	expect(cents(yearDebit)).toBeGreaterThan(0);
});

it('names the account of each row on each cell', async () => {
	const { Rows, ReportTitles, ReportDate } = await read('/TrialBalance?date=2026-11-20');

	expect(ReportTitles).toEqual(['Trial Balance', 'Demo Company (NZ)', 'As at 20 November 2026']);
	expect(ReportDate).toBe('20 November 2026');
	const row = Rows.flatMap((section) => section.Rows ?? []).find(
		({ Cells }) => Cells?.[0]?.Value === 'Sales (200)',
	);
	expect(row?.Cells?.map(({ Attributes }) => Attributes)).toEqual(
		Array.from({ length: 5 }, () => [{ Id: 'account', Value: accountId }]),
	);
});

it('has a balance sheet whose net assets are its equity, in every column', async () => {
	const report = await read('/BalanceSheet?date=2026-11-30&periods=3&timeframe=QUARTER');

	const [, ...assets] = line(report, 'Net Assets') ?? [];
	const [, ...equity] = line(report, 'Total Equity') ?? [];
	expect(assets).toEqual(equity);
	expect(assets).toHaveLength(4);
	expect(lines(report.Rows)[0]).toEqual([
		'',
		'30 Nov 2026',
		'31 Aug 2026',
		'31 May 2026',
		'28 Feb 2026',
	]);
});

it('has a profit and loss that agrees with the balance sheet', async () => {
	const sheet = await read('/BalanceSheet?date=2026-11-30');
	const profit = await read('/ProfitAndLoss?fromDate=2026-04-01&toDate=2026-11-30');

	expect(line(profit, 'Net Profit')?.[1]).toBe(line(sheet, 'Current Year Earnings')?.[1]);
});

it('changes with the books, net of tax', async () => {
	const sales = async () =>
		cents(line(await read('/ProfitAndLoss?fromDate=2026-11-01&toDate=2026-11-30'), 'Sales')?.[1]);
	const before = await sales();

	await sandbox.put('/Invoices', { Invoices: [salesInvoice()] });

	expect(await sales()).toBe(before + 20_000);
});

it('can show one tracking option only', async () => {
	const { json } = await sandbox.get('/TrackingCategories');
	const [category] = json['TrackingCategories'] as readonly {
		readonly TrackingCategoryID: string;
		readonly Name: string;
		readonly Options: readonly { readonly TrackingOptionID: string; readonly Name: string }[];
	}[];
	const option = category?.Options[0];
	await sandbox.put('/Invoices', {
		Invoices: [
			salesInvoice({
				LineItems: [
					{
						Description: 'Tracked',
						UnitAmount: 7,
						AccountCode: '200',
						Tracking: [{ Name: category?.Name, Option: option?.Name }],
					},
				],
			}),
		],
	});

	const report = await read(
		`/ProfitAndLoss?fromDate=2026-11-01&toDate=2026-11-30&trackingCategoryID=${category?.TrackingCategoryID}&trackingOptionID=${option?.TrackingOptionID}`,
	);
	expect(line(report, 'Sales')).toEqual(['Sales', '7.00']);
});

it('has a bank summary that closes with what came in and went out', async () => {
	const report = await read('/BankSummary?fromDate=2026-11-01&toDate=2026-11-30');

	const [, opening, received, spent, closing] = (line(report, 'Total') ?? []).map(cents);
	expect(closing).toBe((opening ?? 0) + (received ?? 0) - (spent ?? 0));
});

it('ages what a contact owes, with the invoice on each cell', async () => {
	const report = await read(`/AgedReceivablesByContact?contactId=${contactId}&date=2026-12-10`);

	expect(lines(report.Rows)[1]).toEqual([
		'2026-11-01T00:00:00',
		expect.stringMatching(/^INV-/),
		'2026-11-30T00:00:00',
		'10 days overdue',
		'230.00',
		'0.00',
		'0.00',
		'230.00',
	]);
	expect((await get('/AgedPayablesByContact')).status).toBe(400);
	expect(
		(await get('/AgedPayablesByContact?contactId=11111111-2222-4333-8444-555555555555')).status,
	).toBe(404);
});

it('has an executive and a budget summary, a tax return and an empty 1099', async () => {
	expect(line(await read('/ExecutiveSummary?date=2026-11-20'), 'Debtors')).toHaveLength(4);
	// Three months each of 12,000 less 3,000, 500 and 900; in December it is half as much again.
	const budget = await read(
		`/BudgetSummary?date=${new Date().getFullYear()}-07-01&periods=2&timeframe=3`,
	);
	expect(line(budget, 'Net Profit')).toEqual(['Net Profit', '22800.00', '26600.00', '22800.00']);
	const listed = await read('');
	expect(listed.ReportName).toBe('GST Return');
	expect(line(await read(`/${listed.ReportID}`), 'Tax to pay')).toHaveLength(2);
	expect((await read('/TenNinetyNine?reportYear=2025')).ReportName).toBe('1099-NEC report');
});

it('wants the scope of the very report', async () => {
	const app = await sandbox.createApp();
	const other = ['accounting.reports.balancesheet.read'];

	expect((await get('/BalanceSheet', other, app)).status).toBe(200);
	expect((await get('/TrialBalance', other, app)).status).toBe(401);
});

it.each([
	'/ProfitAndLoss?fromDate=2026-12-01&toDate=2026-11-01',
	'/BalanceSheet?periods=99',
	'/BalanceSheet?timeframe=DAY',
	'/BalanceSheet?date=yesterday',
])('refuses %s', async (path) => {
	expect((await get(path)).status).toBe(400);
});

it('publishes no tax returns of an organisation in the United States', async () => {
	const { tenantId } = await sandbox.createOrganisation({ name: 'Ridgeway Inc', country: 'US' });
	const tokens = await sandbox.authorise(sandbox.app, {
		scopes: SCOPES,
		organisations: [tenantId],
	});
	const get = async (path: string) =>
		await sandbox.call(tokens, tenantId, 'GET', `/api.xro/2.0/Reports${path}`);

	expect(await (await get('')).json()).toMatchObject({ Reports: [] });
	expect((await get(`/${tenantId}`)).status).toBe(404);
});
