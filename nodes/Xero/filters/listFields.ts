import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { limitField, rawField, returnAllField, simplifyField } from '../fields/readOptions';
import type { ListedChanges } from '../requests/XeroCollection';
import type { FilterField } from './Filter';
import { commonFilters } from './filters';
import { sinceLastRunFields } from './sinceLastRunFields';

export interface ListFieldChoices {
	readonly filters: readonly FilterField[];
	/** Fields by which Xero sorts large organisations quickly; none where Xero cannot sort. */
	readonly sortFields: INodePropertyOptions[];
	/** Whether there is a shorter form of the records. */
	readonly simplifies?: boolean;
	/** What the list says of changes. */
	readonly changes?: ListedChanges;
}

/** The parameters of a Get Many operation. */
export function listFields({
	filters,
	sortFields,
	simplifies = true,
	changes,
}: ListFieldChoices): INodeProperties[] {
	return [
		returnAllField,
		limitField,
		...(filters.includes(commonFilters.updatedSince) ? sinceLastRunFields(changes?.note) : []),
		...(simplifies ? [simplifyField] : []),
		...(filters.length === 0 ? [] : [filtersField(filters)]),
		...(sortFields.length === 0 ? [] : [sortField(sortFields)]),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			placeholder: 'Add Option',
			...(simplifies ? { displayOptions: { show: { simplify: [false] } } } : {}),
			options: [rawField],
		},
	];
}

/** *Filters*, in alphabetical order as n8n wants it. */
export function filtersField(filters: readonly Pick<FilterField, 'property'>[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		default: {},
		placeholder: 'Add Filter',
		options: filters
			.map(({ property }) => property)
			.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

function sortField(fields: INodePropertyOptions[]): INodeProperties {
	const first = fields[0]?.value ?? '';
	return {
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
						options: fields,
						default: first,
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
	};
}
