import fc from 'fast-check';

import { knownDue, owedDue } from '../../../hub-server/src/records/owedDue';

const OWED = {
	...{ Type: 'ACCREC', Status: 'AUTHORISED', AmountDue: 12.5 },
	DueDate: '/Date(1793577600000+0000)/',
};

describe('when what is owed falls due', () => {
	it.each([
		['of a sales invoice', {}, { day: '2026-11-02', entity: 'invoice' }],
		['of a bill', { Type: 'ACCPAY' }, { day: '2026-11-02', entity: 'bill' }],
		[
			'as the text beside it says',
			{ DueDateString: '2026-11-05T00:00:00' },
			{ day: '2026-11-05', entity: 'invoice' },
		],
		['of a cent', { AmountDue: 0.01 }, { day: '2026-11-02', entity: 'invoice' }],
		['of nothing', { AmountDue: 0 }, null],
		['of an amount that is not told', { AmountDue: undefined }, null],
		['of an amount that is a text', { AmountDue: '12.50' }, null],
		['of a draft', { Status: 'DRAFT' }, null],
		['of a paid one', { Status: 'PAID' }, null],
		['of a status that is not known yet', { Status: 'DISPUTED' }, null],
		['of a credit note', { Type: 'ACCRECCREDIT' }, null],
		['without a due date', { DueDate: null }, null],
		['with a due date out of all time', { DueDate: '/Date(999999999999999+0000)/' }, null],
	])('%s', (_, members, due) => {
		expect(owedDue({ ...OWED, ...members })).toEqual(due);
	});

	it('is read of whatever Xero answers, and never throws', () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom(...Object.keys(OWED)), fc.anything()),
				(members) => {
					expect(() => owedDue({ ...OWED, ...members })).not.toThrow();
				},
			),
		);
	});
});

describe('since when it is owed by that day', () => {
	const due = { day: '2026-11-02', entity: 'invoice' as const };

	it.each([
		['from the change on that made it so', due, null, 5, { ...due, since: 5 }],
		['as before, while the day is the same', due, { ...due, since: 1 }, 5, { ...due, since: 1 }],
		[
			'anew with another day',
			due,
			{ ...due, day: '2026-12-01', since: 1 },
			5,
			{ ...due, since: 5 },
		],
		['unknown, where it was only read again', due, null, null, { ...due, since: null }],
		['not at all, once nothing is owed', null, { ...due, since: 1 }, 5, null],
	])('%s', (_, now, before, changedAt, expected) => {
		expect(knownDue(now, before, changedAt)).toEqual(expected);
	});
});
