import fc from 'fast-check';

import { readXeroDates } from '../../../nodes/Xero/values/xeroDates';

describe('readXeroDates', () => {
	it('reads calendar days as the day that Xero means, with no zone applied', () => {
		const days = fc.integer({ min: -20_000, max: 40_000 });
		const offsets = fc.constantFrom('', '+0000', '+1300', '-0500');

		fc.assert(
			fc.property(days, offsets, (day, offset) => {
				const milliseconds = day * 86_400_000;
				const expected = new Date(milliseconds).toISOString().slice(0, 10);

				expect(readXeroDates({ DueDate: `/Date(${milliseconds}${offset})/` })).toEqual({
					DueDate: expected,
				});
			}),
		);
	});

	it('reads fields that end in UTC as instants, at any depth', () => {
		const record = {
			UpdatedDateUTC: '/Date(1541176290160+0000)/',
			Payments: [{ Date: '/Date(1543449600000+0000)/', UpdatedDateUTC: '/Date(1541176290160)/' }],
		};

		expect(readXeroDates(record)).toEqual({
			UpdatedDateUTC: '2018-11-02T16:31:30.160Z',
			Payments: [{ Date: '2018-11-29', UpdatedDateUTC: '2018-11-02T16:31:30.160Z' }],
		});
	});

	it('leaves everything else as it is', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(readXeroDates(value)).toEqual(value);
			}),
		);
		expect(readXeroDates({ Reference: 'see /Date(1)/ there' })).toEqual({
			Reference: 'see /Date(1)/ there',
		});
	});
});
