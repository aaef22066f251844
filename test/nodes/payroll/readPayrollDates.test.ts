import { readPayrollDates } from '../../../nodes/Xero/payroll/readPayrollDates';

it('reads days as days and instants as UTC, wherever they stand', () => {
	expect(
		readPayrollDates({
			startDate: '2019-02-07T00:00:00',
			updatedDateUTC: '2019-09-24T05:08:45',
			createdDateUTC: '2019-09-24T00:00:00',
			timesheetLines: [{ date: '2020-04-13T00:00:00', numberOfUnits: 8 }],
			endDate: null,
		}),
	).toEqual({
		startDate: '2019-02-07',
		updatedDateUTC: '2019-09-24T05:08:45Z',
		createdDateUTC: '2019-09-24T00:00:00Z',
		timesheetLines: [{ date: '2020-04-13', numberOfUnits: 8 }],
		endDate: null,
	});
});

it('leaves everything else as it is', () => {
	const record = {
		UpdatedDateUTC: '/Date(1572915814000+0000)/',
		postedDateTime: '2019-06-18T03:04:05',
		name: 'Due 2019-02-07T00:00:00',
	};

	expect(readPayrollDates(record)).toEqual(record);
});
