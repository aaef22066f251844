import { refuseInput, success, type Outcome } from '../../errors/failure';
import { fromFixedPoint } from '../../values/fixedPoint';
import { PLACES, type Statement, type StatementLine } from './Statement';

/** What the user said of a statement. */
export interface StatementWish {
	readonly feedConnectionId: string;
	/** Ten-thousandths; an overdrawn account is negative. */
	readonly startBalance: bigint;
	/** Computed where it is not said; where it is, it has to be right. */
	readonly endBalance: bigint | undefined;
	/** The first and the last line's day where they are not said. */
	readonly startDate: string | undefined;
	readonly endDate: string | undefined;
	readonly lines: readonly StatementLine[];
}

/** Known from Codat's and Apideck's documentation; Xero's own says nothing. */
const MAX_LINES = 1000;

/**
 * Puts the lines in order, oldest first (lines of one day stay as they are), and adds them up. A
 * statement that does not add up, or has lines outside its days, is refused before it is sent.
 */
export function buildStatement(wish: StatementWish): Outcome<Statement> {
	const lines = [...wish.lines].sort((a, b) => compare(a.postedDate, b.postedDate));
	const [first] = lines;
	const last = lines.at(-1);
	if (first === undefined || last === undefined) {
		return refuseInput('The statement has no lines', 'Give at least one line.');
	}
	if (lines.length > MAX_LINES) {
		return refuseInput(
			`The statement has ${lines.length} lines; Xero takes ${MAX_LINES}`,
			'Split it: each part begins with the end balance of the one before.',
		);
	}
	const startDate = wish.startDate ?? first.postedDate;
	const endDate = wish.endDate ?? last.postedDate;
	const outside = [first, last].find(
		({ postedDate }) => postedDate < startDate || postedDate > endDate,
	);
	if (outside !== undefined) {
		return refuseInput(
			`A line of ${outside.postedDate} is outside the statement, ${startDate} to ${endDate}`,
			'Leave Start Date and End Date empty to take the days of the lines.',
		);
	}
	const { feedConnectionId, startBalance } = wish;
	const endBalance = lines.reduce((sum, { amount }) => sum + amount, startBalance);
	if (wish.endBalance !== undefined && wish.endBalance !== endBalance) {
		return refuseInput(
			`The end balance should be ${text(endBalance)}, not ${text(wish.endBalance)}: the lines are off by ${text(wish.endBalance - endBalance)}`,
			'Look for a line that is missing, doubled or has the wrong sign. Xero would refuse the whole statement.',
		);
	}
	return success({ feedConnectionId, startDate, endDate, startBalance, endBalance, lines });
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function text(units: bigint): string {
	return fromFixedPoint(units, PLACES);
}
