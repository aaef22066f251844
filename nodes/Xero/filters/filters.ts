import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { success } from '../errors/failure';
import { contactLocator } from '../fields/contactLocator';
import type { FilterField } from './Filter';
import {
	asAtLeast,
	asAtMost,
	asDayQuery,
	asEqual,
	asFrom,
	asIds,
	asList,
	asOneOf,
	asPicked,
	asQuery,
	asSwitch,
	asUntil,
	asUpdatedSince,
} from './filterEffects';

/** Equality of a text, such as the whole reference. */
export function textFilter(
	displayName: string,
	name: string,
	xero: string,
	more: Partial<INodeProperties> = {},
): FilterField {
	return {
		property: {
			displayName,
			name,
			type: 'string',
			default: '',
			description: `The whole ${displayName.toLowerCase()}, as Xero has it`,
			...more,
		},
		apply: asEqual(xero),
	};
}

/** First and last day, both included, as conditions of `where`. */
export function dayRangeFilters(displayName: string, name: string, xero: string): FilterField[] {
	const from = `${displayName} From`;
	const until = `${displayName} To`;
	return [
		{
			property: {
				displayName: from,
				name: `${name}From`,
				type: 'dateTime',
				default: '',
				description: 'First day, included',
			},
			apply: asFrom(xero, from),
		},
		{
			property: {
				displayName: until,
				name: `${name}To`,
				type: 'dateTime',
				default: '',
				description: 'Last day, included',
			},
			apply: asUntil(xero, until),
		},
	];
}

/** The same for lists that have parameters of their own, such as `DateFrom` and `DateTo`. */
export function dayRangeQueries(displayName: string, name: string, xero: string): FilterField[] {
	return dayRangeFilters(displayName, name, xero).map(({ property }, index) => ({
		property,
		apply: asDayQuery(`${xero}${index === 0 ? 'From' : 'To'}`, property.displayName),
	}));
}

/** Smallest and largest amount, both included, as conditions of `where`. */
export function amountRangeFilters(displayName: string, name: string, xero: string): FilterField[] {
	const amount = (title: string, key: string, description: string): INodeProperties => ({
		displayName: title,
		name: key,
		type: 'string',
		default: '',
		placeholder: 'e.g. 1000',
		description,
	});
	const least = `${displayName} From`;
	const most = `${displayName} To`;
	return [
		{
			property: amount(least, `${name}From`, 'Smallest amount, included'),
			apply: asAtLeast(xero, least),
		},
		{
			property: amount(most, `${name}To`, 'Largest amount, included'),
			apply: asAtMost(xero, most),
		},
	];
}

/** One of several values, such as the type, as a condition of `where`. */
export function choiceFilter(
	displayName: string,
	name: string,
	xero: string,
	options: INodePropertyOptions[],
): FilterField {
	const first = options[0]?.value ?? '';
	return {
		property: {
			displayName,
			name,
			type: 'options',
			options,
			default: first,
			description: `Only records of this ${displayName.toLowerCase()}`,
		},
		apply: asEqual(xero),
	};
}

/**
 * A yes or no, as a condition of `where`.
 *
 * @param meaning what is so where it is on, such as `the item can be sold`
 */
export function flagFilter(
	displayName: string,
	name: string,
	xero: string,
	meaning: string,
): FilterField {
	return {
		property: {
			displayName,
			name,
			type: 'boolean',
			default: true,
			description: `Whether ${meaning}; off for the others`,
		},
		apply: (value) => success({ condition: `${xero}==${value === true}` }),
	};
}

/** Any of several statuses, as a condition of `where`. Invoices have a parameter of their own. */
export function statusesFilter(options: INodePropertyOptions[]): FilterField {
	return {
		property: {
			displayName: 'Statuses',
			name: 'statuses',
			type: 'multiOptions',
			options,
			default: [],
			description: 'Only records with one of these statuses',
		},
		apply: asOneOf('Status'),
	};
}

/** Documents of one contact, through `where`. */
export const contactFilter: FilterField = {
	property: contactLocator.field('Only documents of this contact'),
	apply: asPicked((id) => ({ condition: `Contact.ContactID==Guid("${id}")` }), 'Contact'),
};

/** Filters that many lists have. */
export const commonFilters = {
	ids: {
		property: {
			displayName: 'IDs',
			name: 'ids',
			type: 'string',
			default: '',
			placeholder:
				'e.g. 717f2bfc-c6d4-41fd-b238-3f2f0c0cf777, 5cc8cf28-567e-4d43-b287-687cfcaec47c',
			description: 'Only these records: a comma-separated text, or an array from an expression',
		},
		apply: asIds,
	},
	includeArchived: {
		property: {
			displayName: 'Include Archived',
			name: 'includeArchived',
			type: 'boolean',
			default: false,
			description: 'Whether to return archived records too',
		},
		apply: asSwitch('includeArchived'),
	},
	summaryOnly: {
		property: {
			displayName: 'Summary Only',
			name: 'summaryOnly',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out the fields that are slow to compute, such as line items',
		},
		apply: asSwitch('summaryOnly'),
	},
	searchTerm: {
		property: { displayName: 'Search Term', name: 'searchTerm', type: 'string', default: '' },
		apply: asQuery('searchTerm'),
	},
	updatedSince: {
		property: {
			displayName: 'Updated Since',
			name: 'updatedSince',
			type: 'dateTime',
			default: '',
			description:
				"Only records that changed at or after this time; a time without zone is in the workflow's time zone",
		},
		apply: asUpdatedSince,
	},
} satisfies Record<string, FilterField>;

/**
 * Conditions in Xero's own language. They go last into `where`, bracketed; see `readListQuery`.
 *
 * @param example of this list's fields
 */
export function whereFilter(example: string): FilterField {
	return {
		property: {
			displayName: 'Where',
			name: 'where',
			type: 'string',
			default: '',
			placeholder: `e.g. ${example}`,
			description:
				"Further conditions in Xero's own filter language. Values from untrusted input belong in the other filters, which escape them.",
		},
		apply: () => success({}),
	};
}

/** A comma-separated query parameter of Xero's, such as `InvoiceNumbers`. */
export function listFilter(property: INodeProperties, parameter: string): FilterField {
	return { property, apply: asList(parameter) };
}
