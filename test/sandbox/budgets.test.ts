import { budgetMonths } from '../../hub-server/sandbox/accounting/budget/budgetMonths';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';
import type { XeroRecord } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, ['accounting.budgets.read', 'accounting.settings']);
});
afterAll(() => sandbox.close());

const year = new Date().getUTCFullYear();

async function one(query: string): Promise<XeroRecord> {
	const [{ BudgetID }] = (await sandbox.get('/Budgets')).json['Budgets'];
	return (await sandbox.get(`/Budgets/${BudgetID}?${query}`)).json['Budgets'][0];
}

it('lists budgets without their lines', async () => {
	const { json } = await sandbox.get('/Budgets');

	expect(json['Budgets']).toMatchObject([
		{ Type: 'OVERALL', BudgetLines: [], Tracking: [] },
		{ Type: 'TRACKING', BudgetLines: [], Tracking: [{ Name: 'Region', Option: 'North' }] },
	]);
});

it('gives those that are asked for', async () => {
	const [, { BudgetID }] = (await sandbox.get('/Budgets')).json['Budgets'];

	const { json } = await sandbox.get(`/Budgets?IDs=${BudgetID}`);

	expect(json['Budgets']).toMatchObject([{ BudgetID }]);
});

it('shows what one means to earn and spend in the months that are asked for', async () => {
	const budget = await one(`DateFrom=${year}-11-30&DateTo=${year}-12-01`);

	expect(budget.BudgetLines[0]).toMatchObject({
		AccountCode: '200',
		BudgetBalances: [
			{ Period: `${year}-11`, Amount: 12_000, Notes: '' },
			{ Period: `${year}-12`, Amount: 18_000, Notes: 'Holiday season' },
		],
	});
});

it('refuses more than 24 months, and what is no date', async () => {
	const status = async (query: string) => (await sandbox.get(`/Budgets?${query}`)).status;

	expect(await status(`DateFrom=${year}-01-01&DateTo=${year + 1}-12-31`)).toBe(200);
	expect(await status(`DateFrom=${year}-01-01&DateTo=${year + 2}-01-01`)).toBe(400);
	expect(await status('DateFrom=soon')).toBe(400);
});

it('knows no others', async () => {
	const unknown = '/Budgets/11111111-2222-4333-8444-555555555555';

	expect((await sandbox.get(unknown)).status).toBe(404);
	expect((await sandbox.put('/Budgets', {})).status).not.toBe(200);
});

it('takes the months before, now and after where none are named', () => {
	const january = Date.UTC(2026, 0, 15);

	expect(budgetMonths(january, undefined, undefined)).toEqual({ from: '2025-12', to: '2026-02' });
});
