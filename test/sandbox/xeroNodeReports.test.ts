import { AccountingApi, type ReportWithRow } from 'xero-node';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

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

/** Xero's own SDK, as a client that knows nothing of us, on reports. */
let sandbox: ConnectedSandbox;
let api: AccountingApi;
let tenantId: string;
let contactId: string;

beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, [...SCOPES, 'accounting.contacts']);
	({ tenantId } = sandbox);
	api = new AccountingApi(`${sandbox.url}/api.xro/2.0`);
	api.accessToken = sandbox.tokens.access_token;
	const { body } = await api.getContacts(tenantId);
	contactId = body.contacts?.find(({ isCustomer }) => isCustomer)?.contactID as string;
});
afterAll(() => sandbox.close());

/** Titles of its sections, and how many columns each row has. */
const shapeOf = ({ rows = [] }: ReportWithRow) => ({
	sections: rows.map(({ title }) => title).filter(Boolean),
	columns: [
		...new Set(
			rows.flatMap((row) => [row, ...(row.rows ?? [])]).flatMap(({ cells }) => cells?.length ?? []),
		),
	],
});

it('reads the balance sheet and the profit and loss of several periods', async () => {
	const balance = await api.getReportBalanceSheet(tenantId, '2026-11-30', 2, 'MONTH');
	const profit = await api.getReportProfitAndLoss(tenantId, '2026-11-01', '2026-11-30', 2, 'MONTH');

	const [sheet] = balance.body.reports as [ReportWithRow];
	expect(sheet.reportName).toBe('Balance Sheet');
	expect(shapeOf(sheet)).toMatchObject({
		sections: expect.arrayContaining(['Bank', 'Equity']),
		columns: [4],
	});
	const [loss] = profit.body.reports as [ReportWithRow];
	expect(shapeOf(loss)).toMatchObject({
		sections: expect.arrayContaining(['Income', 'Less Operating Expenses']),
		columns: [4],
	});
});

it.each([
	['trial balance', () => api.getReportTrialBalance(tenantId, '2026-11-30')],
	['bank summary', () => api.getReportBankSummary(tenantId, '2026-11-01', '2026-11-30')],
	['executive summary', () => api.getReportExecutiveSummary(tenantId, '2026-11-30')],
	['budget summary', () => api.getReportBudgetSummary(tenantId, '2026-11-30', 3, 1)],
	['aged receivables', () => api.getReportAgedReceivablesByContact(tenantId, contactId)],
	['aged payables', () => api.getReportAgedPayablesByContact(tenantId, contactId)],
])('reads the %s, row by row', async (_name, read) => {
	const { body } = await read();

	const [report] = body.reports as [ReportWithRow];
	expect(report.reportTitles).toContain('Demo Company (NZ)');
	expect(shapeOf(report).columns).toHaveLength(1);
});

it('finds the published tax return in the list, and the 1099', async () => {
	const listed = await api.getReportsList(tenantId);
	const one = await api.getReportFromId(tenantId, listed.body.reports?.[0]?.reportID as string);
	const ten99 = await api.getReportTenNinetyNine(tenantId, '2025');

	expect(one.body.reports?.[0]?.reportName).toBe('GST Return');
	expect(ten99.body.reports).toHaveLength(2);
});
