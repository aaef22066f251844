import { parameter } from '../../http/parameter';
import type { Reply } from '../../http/Reply';
import { listRows } from '../../query/listRows';
import { ApiError, notFound } from '../../resource/apiError';
import type { ApiCall, ApiResource } from '../../resource/ApiResource';
import { envelope } from '../../resource/envelope';
import { msDateTime, parseDay } from '../../resource/xeroDate';
import type { Books } from '../../world/Books';
import type { Budget, BudgetLine } from '../../world/Budget';
import { toNumber } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import { presentTracking } from '../document/presentLine';
import { budgetMonths, type BudgetMonths } from './budgetMonths';

/** Read only: budgets are made in Xero itself. */
export const budgets: ApiResource = {
	name: 'Budgets',
	scopes: ['accounting.budgets.read'],
	routes: [
		{ method: 'GET', path: '/Budgets', handle: list },
		{ method: 'GET', path: '/Budgets/:id', handle: one },
	],
};

/** Budgets without their lines, which come with a single one only (Xero's page). */
function list(call: ApiCall): Reply {
	readMonths(call);
	const ids = parameter(call.request, 'IDs')
		?.toLowerCase()
		.split(',')
		.map((id) => id.trim());
	return listRows(call, {
		collection: 'Budgets',
		typeName: 'Budget',
		rows: call.books.budgets,
		fields: {},
		paged: false,
		hasWhere: false,
		keep: ({ id }) => ids?.includes(id) ?? true,
		present: (budget) => present(call.books, budget, []),
	});
}

function one(call: ApiCall): Reply {
	const months = readMonths(call);
	const budget = call.books.budgets.get(call.params['id']?.toLowerCase() ?? '');
	if (budget === undefined) return notFound();
	const lines = budget.lines.map((line) => presentLine(call.books, line, months));
	const shown = present(call.books, budget, lines);
	const isObject = call.context.faults().singleBudgetAsObject;
	return envelope(call, 'Budgets', isObject ? shown : [shown]);
}

function readMonths(call: ApiCall): BudgetMonths {
	const day = (name: string) => {
		const text = parameter(call.request, name);
		const ms = text === undefined ? undefined : parseDay(text);
		if (text !== undefined && ms === undefined) {
			throw new ApiError('ValidationException', `${name} is not a valid date`);
		}
		return ms;
	};
	const months = budgetMonths(call.nowMs, day('DateFrom'), day('DateTo'));
	if (months === undefined) {
		throw new ApiError('ValidationException', 'A maximum of 24 months can be requested');
	}
	return months;
}

function present(books: Books, budget: Budget, lines: readonly Element[]): Element {
	return {
		BudgetID: budget.id,
		Type: budget.type,
		Description: budget.description,
		UpdatedDateUTC: msDateTime(budget.updatedMs),
		BudgetLines: lines,
		Tracking: budget.tracking.flatMap(({ categoryId, optionId }) =>
			presentTracking(books, categoryId, optionId),
		),
	};
}

function presentLine(books: Books, line: BudgetLine, { from, to }: BudgetMonths): Element {
	return {
		AccountID: line.accountId,
		AccountCode: books.accounts.get(line.accountId)?.code,
		BudgetBalances: line.balances
			.filter(({ month }) => month >= from && month <= to)
			.map(({ month, amount, notes }) => ({
				Period: month,
				Amount: toNumber(amount, 2),
				Notes: notes,
			})),
	};
}
