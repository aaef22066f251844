import { monthOf } from '../accounting/budget/budgetMonths';
import type { Books } from '../world/Books';
import type { BudgetLine } from '../world/Budget';
import { randomGuid, type Random } from '../world/random';

/** Monthly amounts in whole money, by account code. */
const OVERALL = { '200': 12_000, '310': 3_000, '400': 500, '469': 900 };
const NORTH = { '200': 4_000, '400': 150 };

const MONTHS = 36;

/** An overall budget, and one for a tracking option: a year back and two ahead. */
export function seedBudgets(books: Books, random: Random, nowMs: number, updatedMs: number): void {
	const [region] = [...books.trackingCategories.values()].filter(({ name }) => name === 'Region');
	const north = region?.options.find(({ name }) => name === 'North');
	books.budgets.put({
		id: randomGuid(random),
		updatedMs,
		type: 'OVERALL',
		description: 'Overall Budget',
		tracking: [],
		lines: linesOf(books, OVERALL, nowMs),
	});
	if (region === undefined || north === undefined) return;
	books.budgets.put({
		id: randomGuid(random),
		updatedMs: updatedMs + 1_000,
		type: 'TRACKING',
		description: 'Northern Budget',
		tracking: [{ categoryId: region.id, optionId: north.id }],
		lines: linesOf(books, NORTH, nowMs),
	});
}

function linesOf(
	books: Books,
	amounts: Readonly<Record<string, number>>,
	nowMs: number,
): BudgetLine[] {
	const now = new Date(nowMs);
	const months = Array.from({ length: MONTHS }, (_, index) =>
		monthOf(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth() + index, 1)),
	);
	return Object.entries(amounts).flatMap(([code, amount]) => {
		const account = books.accounts.find('code', code);
		if (account === undefined) return [];
		const balances = months.map((month) => ({
			month,
			// Every December sells and spends half as much again.
			amount: month.endsWith('-12') ? amount * 150 : amount * 100,
			notes: month.endsWith('-12') ? 'Holiday season' : '',
		}));
		return [{ accountId: account.id, balances }];
	});
}
