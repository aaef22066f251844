import { refuseInput, success } from '../../errors/failure';
import { trackingPicker } from '../../fields/codePickers';
import { contactLocator } from '../../fields/contactLocator';
import { dayField } from '../../fields/documentFields';
import type { Field, Writer } from '../../fields/Field';
import { asFlag, asText, asWholeNumber } from '../../fields/writers';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';

export const fromDate = dayField(
	'From Date',
	'fromDate',
	'fromDate',
	'First day, as written; the first of the present month if left empty',
);

export const toDate = dayField(
	'To Date',
	'toDate',
	'toDate',
	'Last day, as written; the end of the present month if left empty',
);

export const date = dayField('Date', 'date', 'date', 'As at this day; today if left empty');

export const periods: Field = {
	property: {
		displayName: 'Periods to Compare',
		name: 'periods',
		type: 'number',
		default: 1,
		typeOptions: { minValue: 1, maxValue: 12 },
		description: 'How many more columns, each one Timeframe further back',
	},
	write: asWholeNumber('periods'),
};

export const timeframe: Field = {
	property: {
		displayName: 'Timeframe',
		name: 'timeframe',
		type: 'options',
		options: [
			{ name: 'Month', value: 'MONTH' },
			{ name: 'Quarter', value: 'QUARTER' },
			{ name: 'Year', value: 'YEAR' },
		],
		default: 'MONTH',
		description: 'Length of the periods to compare',
	},
	write: asText('timeframe'),
};

/** Budgets look ahead, and Xero counts them in months. */
export const budgetTimeframe: Field = {
	property: {
		...timeframe.property,
		options: [
			{ name: 'Month', value: '1' },
			{ name: 'Quarter', value: '3' },
			{ name: 'Year', value: '12' },
		],
		default: '1',
		description: 'Length of each period',
	},
	write: asText('timeframe'),
};

export const standardLayout: Field = {
	property: {
		displayName: 'Standard Layout',
		name: 'standardLayout',
		type: 'boolean',
		default: true,
		description: 'Whether to leave aside the layout that the organisation made its own',
	},
	write: asFlag('standardLayout'),
};

export const paymentsOnly: Field = {
	property: {
		displayName: 'Cash Basis',
		name: 'paymentsOnly',
		type: 'boolean',
		default: true,
		description: 'Whether to count what was paid only, not what was invoiced',
	},
	write: asFlag('paymentsOnly'),
};

/** Reports know tracking by its ids only. */
export function trackingField(
	displayName: string,
	name: string,
	ids: { readonly category?: string; readonly option: string },
): Field {
	return {
		property: trackingPicker({
			displayName,
			name,
			description: 'Only what has this option: from the list, or both ids with a slash',
		}),
		write: asTrackingIds(ids),
	};
}

function asTrackingIds(names: { readonly category?: string; readonly option: string }): Writer {
	return (value, label) => {
		const picked = locatorValue(value).value;
		if (picked === '') return success({});
		const [category, option] = picked.split('/').map((part) => parseXeroId(part, label));
		if (category?.ok !== true || option?.ok !== true) {
			return refuseInput(
				`${label} is not a pair of ids: ${JSON.stringify(picked)}`,
				'Choose it from the list: reports know tracking options by their ids only.',
			);
		}
		return success({
			...(names.category === undefined ? {} : { [names.category]: category.value }),
			[names.option]: option.value,
		});
	};
}

export const contact: Field = {
	property: { ...contactLocator.field('Whose documents to list'), required: true },
	write(value, label) {
		const id = parseXeroId(locatorValue(value).value, label);
		return id.ok ? success({ contactId: id.value }) : id;
	},
};

export const reportId: Field = {
	property: {
		displayName: 'Report ID',
		name: 'reportId',
		type: 'string',
		default: '',
		required: true,
		description: 'As Get Many Tax Reports gives it',
	},
	write: (value, label) =>
		locatorValue(value).value === ''
			? refuseInput(`${label} is not set`, 'Use Get Many Tax Reports to find it.')
			: asText('ID')(value, label),
};

export const reportYear: Field = {
	property: {
		displayName: 'Year',
		name: 'reportYear',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2025',
		description: 'The present year if left empty',
	},
	write(value, label) {
		const year = locatorValue(value).value;
		return year === '' || /^\d{4}$/.test(year)
			? asText('reportYear')(value, label)
			: refuseInput(`${label} is not a year: ${JSON.stringify(year)}`);
	},
};
