import type { Field, Members } from '../../fields/Field';
import { asDate, asText, asWholeNumber, required } from '../../fields/writers';

/** When invoices come of the template, and when they are due. */
export const scheduleFields: readonly Field[] = [
	{
		property: {
			displayName: 'Every',
			name: 'period',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			required: true,
			description: 'How many weeks or months lie between two invoices',
		},
		write: required(asWholeNumber('Period')),
	},
	{
		property: {
			displayName: 'Unit',
			name: 'unit',
			type: 'options',
			options: [
				{ name: 'Months', value: 'MONTHLY' },
				{ name: 'Weeks', value: 'WEEKLY' },
			],
			default: 'MONTHLY',
			description: 'Of the time between two invoices',
		},
		write: asText('Unit'),
	},
	{
		property: {
			displayName: 'First Invoice On',
			name: 'startDate',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The day is used as written',
		},
		write: required(asDate('StartDate')),
	},
	{
		property: {
			displayName: 'Due',
			name: 'dueDateType',
			type: 'options',
			options: [
				{ name: 'Days After the End of the Invoice Month', value: 'DAYSAFTERBILLMONTH' },
				{ name: 'Days After the Invoice Date', value: 'DAYSAFTERBILLDATE' },
				{ name: 'On a Day of the Current Month', value: 'OFCURRENTMONTH' },
				{ name: 'On a Day of the Following Month', value: 'OFFOLLOWINGMONTH' },
			],
			default: 'DAYSAFTERBILLDATE',
			description: 'What the due date of each invoice counts from',
		},
		write: asText('DueDateType'),
	},
	{
		property: {
			displayName: 'Due Day or Days',
			name: 'dueDate',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 14,
			required: true,
			description: 'Number of days, or day of the month, as Due says',
		},
		write: required(asWholeNumber('DueDate')),
	},
];

/** The day after which no more invoices come. */
export const endDateField: Field = {
	property: {
		displayName: 'Last Invoice By',
		name: 'endDate',
		type: 'dateTime',
		default: '',
		description: 'The day is used as written; without end if left empty',
	},
	write: asDate('EndDate'),
};

/** The record with the members of its schedule where Xero wants them. */
export function withSchedule(record: Members): Members {
	const { Period, Unit, DueDate, DueDateType, StartDate, EndDate, ...others } = record;
	return { ...others, Schedule: { Period, Unit, DueDate, DueDateType, StartDate, EndDate } };
}
