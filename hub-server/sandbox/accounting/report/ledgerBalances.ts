import type { Books } from '../../world/Books';
import type { Cents } from '../../world/decimal';
import { wantedPostings, type PostingLine } from '../journal/wantedPostings';

/** Days, both included; midnight UTC in milliseconds. */
export interface Period {
	/** From the beginning when undefined. */
	readonly fromMs?: number;
	readonly toMs: number;
}

/** Net movements by account id: debits above zero, credits below. */
export type Balances = ReadonlyMap<string, Cents>;

export interface Ledger {
	balances(period: Period): Balances;
	/** Debits (`received`) and credits (`spent`) of one account. */
	turnover(accountId: string, period: Period): { readonly received: Cents; readonly spent: Cents };
}

/**
 * The general ledger as reports read it: worked out from the documents, so that every posting has two
 * sides and everything adds up to nothing.
 *
 * @param keep which lines count, for reports on one tracking option
 */
export function ledgerOf(books: Books, keep: (line: PostingLine) => boolean = () => true): Ledger {
	const postings = wantedPostings(books);
	const within = ({ fromMs, toMs }: Period) =>
		postings
			.filter(({ dateMs }) => dateMs <= toMs && (fromMs === undefined || dateMs >= fromMs))
			.flatMap(({ lines }) => lines.filter(keep));

	return {
		balances(period) {
			const balances = new Map<string, Cents>();
			for (const { accountId, netAmount } of within(period)) {
				balances.set(accountId, (balances.get(accountId) ?? 0) + netAmount);
			}
			return balances;
		},
		turnover(accountId, period) {
			const amounts = within(period)
				.filter((line) => line.accountId === accountId)
				.map(({ netAmount }) => netAmount);
			const sum = (some: readonly Cents[]) => some.reduce((total, amount) => total + amount, 0);
			return {
				received: sum(amounts.filter((amount) => amount > 0)),
				spent: -sum(amounts.filter((amount) => amount < 0)),
			};
		},
	};
}
