import type { INodeProperties } from 'n8n-workflow';

/** Of what Xero gives out in no other form; of records, {@link simplifyField}. */
export const flattenField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** A tool of an agent has _Output_ in its place. */
export const simplifyField: INodeProperties = {
	...flattenField,
	displayOptions: { hide: { '@tool': [true] } },
};

export const rawField: INodeProperties = {
	displayName: 'Raw Answer',
	name: 'raw',
	type: 'boolean',
	default: false,
	description: "Whether to leave Xero's records as they are, with dates as /Date(…)/",
	displayOptions: { hide: { '@tool': [true] } },
};

/** For operations that read one record. */
export const getOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	default: {},
	placeholder: 'Add Option',
	options: [rawField, { ...simplifyField, default: false }],
};

export const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	default: 50,
	typeOptions: { minValue: 1 },
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};
