import type { Account, Books } from '../../world/Books';
import type { Cents } from '../../world/decimal';
import type { Element } from '../../writing/readElements';
import type { Balances } from './ledgerBalances';
import { money, sectionRow, summaryRow, valueRow } from './reportRows';

export interface AccountGroup {
	readonly title: string;
	readonly types: readonly string[];
	/** −1 where credits are shown as positive: income, liabilities, equity. */
	readonly sign: 1 | -1;
}

export interface AccountSection {
	/** Empty where no account of the group moved. */
	readonly rows: readonly Element[];
	/** One for each column. */
	readonly totals: readonly Cents[];
}

/** A section with a row for each account that moved in some column, and their total. */
export function accountSection(
	books: Books,
	group: AccountGroup,
	columns: readonly Balances[],
): AccountSection {
	const lines = accountsOf(books, group.types)
		.map((account) => ({
			account,
			amounts: columns.map((column) => group.sign * (column.get(account.id) ?? 0)),
		}))
		.filter(({ amounts }) => amounts.some((amount) => amount !== 0));
	const totals = columns.map((_, index) =>
		lines.reduce((sum, { amounts }) => sum + (amounts[index] ?? 0), 0),
	);
	if (lines.length === 0) return { rows: [], totals };
	return {
		totals,
		rows: [
			sectionRow(group.title, [
				...lines.map(({ account, amounts }) =>
					valueRow([account.name, ...amounts.map(money)], ['account', account.id]),
				),
				summaryRow([`Total ${group.title}`, ...totals.map(money)]),
			]),
		],
	};
}

export function accountsOf(books: Books, types: readonly string[]): readonly Account[] {
	return [...books.accounts.values()]
		.filter(({ type }) => types.includes(type))
		.sort((a, b) => (a.code ?? a.name).localeCompare(b.code ?? b.name));
}

/** Column by column. */
export function addUp(...rows: readonly (readonly Cents[])[]): Cents[] {
	const [first = []] = rows;
	return first.map((_, index) => rows.reduce((sum, row) => sum + (row[index] ?? 0), 0));
}

export function negated(row: readonly Cents[]): Cents[] {
	return row.map((amount) => 0 - amount);
}
