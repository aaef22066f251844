import fc from 'fast-check';

import { buildStatement } from '../../../nodes/Xero/resources/bankStatement/buildStatement';
import type { StatementLine } from '../../../nodes/Xero/resources/bankStatement/Statement';
import { statementBody } from '../../../nodes/Xero/resources/bankStatement/statementBody';

const line = (postedDate: string, amount: bigint): StatementLine => ({
	postedDate,
	amount,
	texts: {},
});
const wish = {
	feedConnectionId: 'feed',
	startBalance: 0n,
	endBalance: undefined,
	startDate: undefined,
	endDate: undefined,
	lines: [line('2026-11-02', 100_000n)],
};
const days = fc.constantFrom('2026-11-01', '2026-11-02', '2026-11-03');
const amounts = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const lines = fc.array(
	fc.tuple(days, amounts).map(([day, amount]) => line(day, amount)),
	{ minLength: 1, maxLength: 50 },
);

describe('a statement', () => {
	it('has all of its lines, oldest first, those of one day in the order they came', () => {
		fc.assert(
			fc.property(lines, (given) => {
				const built = buildStatement({ ...wish, lines: given });

				if (!built.ok) throw new Error(built.failure.message);
				const sent = built.value.lines;
				expect(sent.map(({ postedDate }) => postedDate)).toEqual(
					given.map(({ postedDate }) => postedDate).sort(),
				);
				for (const day of new Set(given.map(({ postedDate }) => postedDate))) {
					const ofDay = (all: readonly StatementLine[]) =>
						all.filter(({ postedDate }) => postedDate === day);
					expect(ofDay(sent)).toEqual(ofDay(given));
				}
				expect([built.value.startDate, built.value.endDate]).toEqual([
					sent[0]?.postedDate,
					sent.at(-1)?.postedDate,
				]);
			}),
		);
	});

	it('ends with what it began with, plus its lines, as unsigned text', () => {
		fc.assert(
			fc.property(lines, amounts, (given, startBalance) => {
				const built = buildStatement({ ...wish, lines: given, startBalance });

				if (!built.ok) throw new Error(built.failure.message);
				const body = JSON.parse(JSON.stringify(statementBody(built.value))) as SentStatement;
				expect(
					units(body.startBalance) +
						body.statementLines.reduce((sum, sent) => sum + units(sent), 0n),
				).toBe(units(body.endBalance));
				expect(body.endBalance.amount).toMatch(/^\d+\.\d{2,4}$/);
			}),
		);
	});

	it.each<[string, Partial<Parameters<typeof buildStatement>[0]>, string]>([
		['an end balance that is off', { endBalance: 100_001n }, 'should be 10.00, not 10.0001'],
		['a line before its first day', { startDate: '2026-11-03' }, 'is outside the statement'],
		['a line after its last day', { endDate: '2026-11-01' }, 'is outside the statement'],
		['no lines', { lines: [] }, 'has no lines'],
		[
			'more lines than Xero takes',
			{ lines: Array.from({ length: 1001 }, () => line('2026-11-02', 1n)) },
			'has 1001 lines; Xero takes 1000',
		],
	])('is refused with %s', (_case, changes, message) => {
		expect(buildStatement({ ...wish, ...changes })).toMatchObject({
			ok: false,
			failure: { message: expect.stringContaining(message) },
		});
	});
});

interface SentStatement {
	readonly startBalance: Money;
	readonly endBalance: Money;
	readonly statementLines: readonly Money[];
}

interface Money {
	readonly amount: string;
	readonly creditDebitIndicator: string;
}

function units({ amount, creditDebitIndicator }: Money): bigint {
	const [whole = '', decimals = ''] = amount.split('.');
	const value = BigInt(whole + decimals.padEnd(4, '0'));
	return creditDebitIndicator === 'DEBIT' ? -value : value;
}
