import fc from 'fast-check';

import { allOf, equalTo, onOrAfter, sameName } from '../../../nodes/Xero/values/whereClause';

describe('where clauses', () => {
	it('lets no value break out of its quotes', () => {
		fc.assert(
			fc.property(fc.string(), (value) => {
				const clause = equalTo('Reference', value);
				const literal = clause.slice('Reference=='.length);

				expect(/^"(?:[^"]|"")*"$/s.test(literal)).toBe(true);
				expect(literal.slice(1, -1).replaceAll('""', '"')).toBe(value);
			}),
		);
	});

	it('leave a backslash as it is, and double a quote', () => {
		expect(equalTo('Name', 'C:\\12" pipe')).toBe('Name=="C:\\12"" pipe"');
	});

	it('seek a name with repeated blanks without them too', () => {
		expect(sameName('Name', 'Ann  Lee')).toBe('Name=="Ann  Lee" OR Name=="Ann Lee"');
		expect(sameName('Name', 'Ann Lee')).toBe('Name=="Ann Lee"');
	});

	it("joins conditions with AND and keeps a user's own OR together", () => {
		expect(
			allOf([equalTo('Type', 'ACCREC'), onOrAfter('Date', '2026-01-31')], 'A==1 OR B==2'),
		).toBe('Type=="ACCREC" AND Date>=DateTime(2026,01,31) AND (A==1 OR B==2)');
		expect(allOf([], ' AmountDue>0 ')).toBe('AmountDue>0');
		expect(allOf([], '')).toBeUndefined();
	});
});
