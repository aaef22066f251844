import type { ApiCall } from '../../resource/ApiResource';
import type { Journal } from '../../world/Journal';
import { randomGuid } from '../../world/random';
import { wantedPostings, type Posting, type PostingLine } from './wantedPostings';

/**
 * Brings the general ledger up to date with the documents: a new document is posted, a changed one
 * taken back and posted anew, and one that no longer stands taken back. Journals are never changed,
 * and their numbers have no gaps.
 */
export function postJournals(call: ApiCall): void {
	const { books } = call;
	const standing = new Map<string, Journal>();
	for (const journal of books.journals.values()) {
		if (journal.isReversal) standing.delete(journal.sourceId);
		else standing.set(journal.sourceId, journal);
	}

	for (const posting of wantedPostings(books)) {
		const known = standing.get(posting.sourceId);
		standing.delete(posting.sourceId);
		if (known !== undefined && isSame(known, posting)) continue;
		if (known !== undefined) takeBack(call, known, posting.updatedMs);
		append(call, posting, false);
	}
	for (const orphan of standing.values()) takeBack(call, orphan, call.nowMs);
}

function takeBack(call: ApiCall, journal: Journal, updatedMs: number): void {
	const lines = journal.lines.map((line) => ({
		...line,
		netAmount: -line.netAmount,
		taxAmount: -line.taxAmount,
	}));
	append(call, { ...journal, updatedMs, lines }, true);
}

function append(call: ApiCall, posting: Posting, isReversal: boolean): void {
	const { counters, journals } = call.books;
	const number = (counters.get(COUNTER) ?? 0) + 1;
	counters.set(COUNTER, number);
	const { dateMs, reference, sourceId, sourceType, updatedMs, lines } = posting;
	const guid = () => randomGuid(call.context.random);
	journals.put({
		id: guid(),
		number,
		dateMs,
		reference,
		sourceId,
		sourceType,
		updatedMs,
		isReversal,
		lines: lines.map((line) => ({ ...line, id: guid() })),
	});
}

const COUNTER = 'journal';

function isSame(journal: Journal, posting: Posting): boolean {
	return journal.dateMs === posting.dateMs && amounts(journal.lines) === amounts(posting.lines);
}

function amounts(lines: readonly PostingLine[]): string {
	return JSON.stringify(
		lines.map(({ accountId, netAmount, taxAmount, taxType, tracking }) => [
			accountId,
			netAmount,
			taxAmount,
			taxType,
			tracking,
		]),
	);
}
