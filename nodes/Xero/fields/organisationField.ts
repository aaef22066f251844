import type { INodeProperties } from 'n8n-workflow';

/** Shown for every operation; an expression may choose another organisation for each item. */
export const organisationField: INodeProperties = {
	displayName: 'Organisation',
	name: 'organisation',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The organisation in Xero. Leave it empty if only one is connected: that one is used. If several are, choose one.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Needed only if you have several',
			typeOptions: { searchListMethod: 'searchOrganisations', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. fe79f7dd-b6d4-4a92-ba7b-538af6289c58',
		},
	],
};
