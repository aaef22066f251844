import fc from 'fast-check';

import { allOf, equalTo, onOrAfter } from '../../../nodes/Xero/values/whereClause';

describe('where clauses', () => {
	it('lets no value break out of its quotes', () => {
		fc.assert(
			fc.property(fc.string(), (value) => {
				const clause = equalTo('Reference', value);
				const literal = clause.slice('Reference=='.length);

				expect(/^"(?:[^"\\]|\\["\\])*"$/s.test(literal)).toBe(true);
				expect(literal.slice(1, -1).replace(/\\(["\\])/g, '$1')).toBe(value);
			}),
		);
	});

	it("joins conditions with AND and keeps a user's own OR together", () => {
		expect(
			allOf([equalTo('Type', 'ACCREC'), onOrAfter('Date', '2026-01-31')], 'A==1 OR B==2'),
		).toBe('Type=="ACCREC" AND Date>=DateTime(2026,01,31) AND (A==1 OR B==2)');
		expect(allOf([], ' AmountDue>0 ')).toBe('AmountDue>0');
		expect(allOf([], '')).toBeUndefined();
	});
});
