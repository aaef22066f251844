import { fromFixedPoint } from '../../values/fixedPoint';
import { PLACES, type Statement } from './Statement';

/** A statement in Xero's shape: amounts as unsigned text, their direction beside them. */
export function statementBody(statement: Statement): Readonly<Record<string, unknown>> {
	const { feedConnectionId, startDate, endDate, startBalance, endBalance, lines } = statement;
	return {
		feedConnectionId,
		startDate,
		endDate,
		startBalance: money(startBalance),
		endBalance: money(endBalance),
		statementLines: lines.map(({ postedDate, amount, texts }) => ({
			postedDate,
			...texts,
			...money(amount),
		})),
	};
}

/** From the customer's point of view: a credit is money in. */
function money(units: bigint) {
	return {
		amount: fromFixedPoint(units < 0n ? -units : units, PLACES),
		creditDebitIndicator: units < 0n ? 'DEBIT' : 'CREDIT',
	};
}
