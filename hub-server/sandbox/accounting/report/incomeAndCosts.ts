import type { Books } from '../../world/Books';
import type { Cents } from '../../world/decimal';
import {
	accountSection,
	addUp,
	negated,
	type AccountGroup,
	type AccountSection,
} from './accountRows';
import type { Balances } from './ledgerBalances';

export const INCOME: AccountGroup = { title: 'Income', types: ['REVENUE', 'SALES'], sign: -1 };
export const DIRECT: AccountGroup = {
	title: 'Less Cost of Sales',
	types: ['DIRECTCOSTS'],
	sign: 1,
};
export const OTHER: AccountGroup = { title: 'Plus Other Income', types: ['OTHERINCOME'], sign: -1 };
export const EXPENSES: AccountGroup = {
	title: 'Less Operating Expenses',
	types: ['EXPENSE', 'OVERHEADS', 'DEPRECIATN'],
	sign: 1,
};

/** The sections of a profit and loss, column by column, and what they come to. */
export interface IncomeAndCosts {
	readonly income: AccountSection;
	readonly direct: AccountSection;
	readonly other: AccountSection;
	readonly expenses: AccountSection;
	readonly gross: readonly Cents[];
	readonly net: readonly Cents[];
}

export function incomeAndCosts(books: Books, columns: readonly Balances[]): IncomeAndCosts {
	const [income, direct, other, expenses] = [INCOME, DIRECT, OTHER, EXPENSES].map((group) =>
		accountSection(books, group, columns),
	) as [AccountSection, AccountSection, AccountSection, AccountSection];
	const gross = addUp(income.totals, negated(direct.totals));
	const net = addUp(gross, other.totals, negated(expenses.totals));
	return { income, direct, other, expenses, gross, net };
}
