import fc from 'fast-check';
import { DateTime } from 'luxon';

import { localDates } from '../../../nodes/Xero/values/localDates';

describe('localDates', () => {
	it('shows a date as the clock of the zone does, and keeps the instant', () => {
		const zones = fc.constantFrom(
			'UTC',
			'Pacific/Auckland',
			'America/New_York',
			'Asia/Kolkata',
			'America/St_Johns',
		);
		const dates = fc.date({
			min: new Date('1990-01-01'),
			max: new Date('2099-12-31'),
			noInvalidDate: true,
		});

		fc.assert(
			fc.property(zones, dates, (zone, date) => {
				const text = String(localDates(date, zone));

				const expected = DateTime.fromJSDate(date, { zone });
				expect(text.slice(0, 10)).toBe(expected.toISODate());
				expect(Date.parse(text)).toBe(date.getTime());
			}),
		);
	});

	it('gives the day alone where the member is one, in the time zone that the date has', () => {
		const instant = '2026-11-29T11:30:00Z';
		const luxon = DateTime.fromISO(instant, { zone: 'Pacific/Auckland' });

		expect(
			localDates(
				{ Date: new Date(instant), rows: [{ DueDate: luxon }], dateUtc: new Date(instant) },
				'Pacific/Auckland',
			),
		).toEqual({
			Date: '2026-11-30',
			rows: [{ DueDate: '2026-11-30' }],
			dateUtc: '2026-11-30T00:30:00.000+13:00',
		});
		expect(localDates({ date: '2026-11-29T11:30:00Z' }, 'Pacific/Auckland')).toEqual({
			date: '2026-11-29T11:30:00Z',
		});
	});

	it('finds dates in rows and collections, and leaves everything else as it is', () => {
		const luxon = DateTime.fromISO('2026-11-30T08:00:00', { zone: 'Pacific/Auckland' });
		const bytes = Buffer.from('x');

		expect(
			localDates(
				{ rows: [{ day: new Date('2026-11-29T19:00:00Z'), text: 'x', none: null }], luxon, bytes },
				'Pacific/Auckland',
			),
		).toEqual({
			rows: [{ day: '2026-11-30T08:00:00.000+13:00', text: 'x', none: null }],
			luxon,
			bytes,
		});
	});

	it('leaves a date that is none', () => {
		const none = new Date('soon');

		expect(localDates(none, 'UTC')).toBe(none);
	});
});
