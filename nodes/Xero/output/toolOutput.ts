import type { INodeProperties } from 'n8n-workflow';

import { simplifyField } from '../fields/readOptions';

/** What of a resource *Output* depends on. */
export interface AnsweringResource {
	readonly value: string;
	/** By the value of the `operation` parameter. */
	readonly operations: Readonly<Record<string, { readonly description: INodeProperties[] }>>;
	/** Names that can be chosen of its records. */
	readonly returnable: readonly string[];
}

/**
 * *Output*, which n8n wants of tools in the place of *Simplify*: an agent has room for a few fields
 * only. Every operation that offers Simplify has it; one pair of properties for each resource.
 */
export function toolOutput(resources: readonly AnsweringResource[]): INodeProperties[] {
	return resources.flatMap((resource) => {
		const simplifying = Object.entries(resource.operations)
			.filter(([, { description }]) => offersSimplify(description))
			.map(([operation]) => operation);
		return simplifying.length === 0 ? [] : outputFields(resource, simplifying);
	});
}

/** The same field everywhere, on its own or below options. */
function offersSimplify(properties: readonly INodeProperties[]): boolean {
	return properties.some(
		({ name, displayOptions, type, options }) =>
			(name === simplifyField.name && displayOptions?.hide?.['@tool'] !== undefined) ||
			(type === 'collection' && offersSimplify(options as INodeProperties[])),
	);
}

function outputFields(
	{ value, returnable }: AnsweringResource,
	operations: string[],
): INodeProperties[] {
	const show = { '@tool': [true], resource: [value], operation: operations };
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{
					name: 'Simplified',
					value: 'simplified',
					description: 'About ten flat fields that say what the record is',
				},
				{ name: 'Raw', value: 'raw', description: 'Every field that Xero gives' },
				{
					name: 'Selected Fields',
					value: 'selected',
					description: 'The ID and the fields you choose',
				},
			],
			default: 'simplified',
			description: 'How much of each record the agent gets',
			displayOptions: { show },
		},
		{
			displayName: 'Fields to Return',
			name: 'fieldsToReturn',
			type: 'multiOptions',
			options: returnable.map((name) => ({ name, value: name })),
			default: [],
			description: 'What the agent gets of each record besides its ID',
			displayOptions: { show: { ...show, output: ['selected'] } },
		},
	];
}
