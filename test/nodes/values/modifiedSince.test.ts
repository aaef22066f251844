import fc from 'fast-check';
import { DateTime } from 'luxon';

import { parseModifiedSince } from '../../../nodes/Xero/values/modifiedSince';

describe('parseModifiedSince', () => {
	it("reads a time without zone in the workflow's zone", () => {
		const zones = fc.constantFrom('UTC', 'Pacific/Auckland', 'America/New_York', 'Asia/Kolkata');
		// Noon: no zone changes its clock then.
		const days = fc
			.date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
			.map((date) => `${date.toISOString().slice(0, 10)}T12:00:00`);

		fc.assert(
			fc.property(zones, days, (zone, local) => {
				const expected = DateTime.fromISO(local, { zone })
					.toUTC()
					.toFormat("yyyy-MM-dd'T'HH:mm:ss");

				expect(parseModifiedSince(local, zone)).toEqual({ ok: true, value: expected });
			}),
		);
	});

	it.each([
		['2026-11-30T09:00:00+13:00', '2026-11-29T20:00:00'],
		['2026-11-30T09:00:00.500Z', '2026-11-30T09:00:00'],
		['2026-11-30', '2026-11-29T11:00:00'],
	])('turns %s into %s for a workflow in Auckland', (value, utc) => {
		expect(parseModifiedSince(value, 'Pacific/Auckland')).toEqual({ ok: true, value: utc });
	});

	it('refuses what is no time', () => {
		expect(parseModifiedSince('last week', 'UTC')).toMatchObject({ ok: false });
	});
});
