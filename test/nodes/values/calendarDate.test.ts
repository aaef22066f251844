import fc from 'fast-check';
import { DateTime } from 'luxon';

import { parseCalendarDate } from '../../../nodes/Xero/values/calendarDate';

const days = fc
	.date({
		min: new Date('1970-01-01'),
		max: new Date('2199-12-31'),
		noInvalidDate: true,
	})
	.map((date) => date.toISOString().slice(0, 10));

describe('parseCalendarDate', () => {
	it('keeps the written day, whatever time and zone follow it', () => {
		const rests = fc.constantFrom('', 'T00:00:00', 'T23:59:59.999Z', 'T00:30:00+13:00', ' 08:00');

		fc.assert(
			fc.property(days, rests, (day, rest) => {
				expect(parseCalendarDate(`${day}${rest}`, 'Date')).toEqual({ ok: true, value: day });
			}),
		);
	});

	it("takes the day that an expression's date object shows in its own zone", () => {
		const date = DateTime.fromISO('2026-11-30T23:30:00', { zone: 'Pacific/Auckland' });

		expect(parseCalendarDate(date, 'Date')).toEqual({ ok: true, value: '2026-11-30' });
	});

	it.each(['30/11/2026', '2026-02-30', '2026-13-01', 'tomorrow', '20261130'])(
		'refuses %s and says how to write a date',
		(text) => {
			expect(parseCalendarDate(text, 'Due Date')).toMatchObject({
				ok: false,
				failure: {
					message: expect.stringContaining('Due Date is not a date'),
					description: expect.stringContaining('YYYY-MM-DD'),
				},
			});
		},
	);
});
