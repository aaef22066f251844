import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { limitField, rawField, returnAllField, simplifyField } from './readOptions';

export interface ListFieldChoices {
	readonly filters: INodeProperties[];
	/** Fields by which Xero sorts large organisations quickly. */
	readonly sortFields: INodePropertyOptions[];
}

/** The parameters of a Get Many operation. */
export function listFields({ filters, sortFields }: ListFieldChoices): INodeProperties[] {
	const defaultField = sortFields[0]?.value ?? '';
	return [
		returnAllField,
		limitField,
		simplifyField,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			default: {},
			placeholder: 'Add Filter',
			options: filters,
		},
		{
			displayName: 'Sort',
			name: 'sort',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Sort',
			description: 'By ID where nothing is chosen, so that pages stay stable while they are read',
			options: [
				{
					displayName: 'Sort',
					name: 'by',
					values: [
						{
							displayName: 'Field',
							name: 'field',
							type: 'options',
							options: sortFields,
							default: defaultField,
						},
						{
							displayName: 'Direction',
							name: 'direction',
							type: 'options',
							options: [
								{ name: 'Ascending', value: 'ASC' },
								{ name: 'Descending', value: 'DESC' },
							],
							default: 'ASC',
						},
					],
				},
			],
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			placeholder: 'Add Option',
			displayOptions: { show: { simplify: [false] } },
			options: [rawField],
		},
	];
}

/** Filters that every paged list of Xero's has. */
export const commonFilters = {
	ids: {
		displayName: 'IDs',
		name: 'ids',
		type: 'string',
		default: '',
		placeholder: 'e.g. 717f2bfc-c6d4-41fd-b238-3f2f0c0cf777, 5cc8cf28-567e-4d43-b287-687cfcaec47c',
		description: 'Only these records: a comma-separated text, or an array from an expression',
	},
	includeArchived: {
		displayName: 'Include Archived',
		name: 'includeArchived',
		type: 'boolean',
		default: false,
		description: 'Whether to return archived records too',
	},
	summaryOnly: {
		displayName: 'Summary Only',
		name: 'summaryOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to leave out the fields that are slow to compute, such as line items',
	},
	updatedSince: {
		displayName: 'Updated Since',
		name: 'updatedSince',
		type: 'dateTime',
		default: '',
		description:
			"Only records that changed at or after this time; a time without zone is in the workflow's time zone",
	},
	where: {
		displayName: 'Where',
		name: 'where',
		type: 'string',
		default: '',
		placeholder: 'e.g. AmountDue>1000 AND Reference!=null',
		description:
			"Further conditions in Xero's own filter language. Values from untrusted input belong in the other filters, which escape them.",
	},
} satisfies Record<string, INodeProperties>;
