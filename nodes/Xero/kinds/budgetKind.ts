import type { IDataObject } from 'n8n-workflow';

import { recordLocator } from '../fields/recordLocator';
import type { RecordKind } from './RecordKind';

export const budgetKind: RecordKind = {
	collection: {
		name: 'Budgets',
		path: 'api.xro/2.0/Budgets',
		idField: 'BudgetID',
		label: 'budget',
		scope: 'accounting.budgets.read',
		query: {},
		paging: 'none',
	},
	locator: recordLocator({
		displayName: 'Budget',
		name: 'budget',
		searchListMethod: 'searchBudgets',
		noun: 'a budget',
		required: true,
	}),
	simplify: simplifyBudget,
};

/** What it is for, and its amounts as rows: one for each account and month. */
function simplifyBudget(budget: IDataObject): IDataObject {
	const tracking = (budget.Tracking as IDataObject[] | undefined) ?? [];
	const lines = (budget.BudgetLines as IDataObject[] | undefined) ?? [];
	return {
		Description: budget.Description,
		Type: budget.Type,
		TrackingNames: tracking.map(({ Name, Option }) => [Name, Option].filter(Boolean).join(': ')),
		UpdatedDateUTC: budget.UpdatedDateUTC,
		Amounts: lines.flatMap(({ AccountCode, BudgetBalances }) =>
			((BudgetBalances as IDataObject[] | undefined) ?? []).map(({ Period, Amount, Notes }) => ({
				AccountCode,
				Period,
				Amount,
				Notes,
			})),
		),
		BudgetID: budget.BudgetID,
	};
}
