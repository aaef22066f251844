import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { resourceOptions, resources } from '../../nodes/Xero/resources/resources';
import type { OperationModule } from '../../nodes/Xero/operations/OperationModule';
import type { HubFacts, RequestFacts } from '../../nodes/Xero/requests/RequestFacts';
import { table } from './table';

/** One operation of the node as the editor shows it. */
export interface DocumentedOperation {
	readonly value: string;
	readonly name: string;
	readonly description: string;
	readonly module: OperationModule;
}

export interface DocumentedResource {
	readonly value: string;
	readonly name: string;
	readonly operations: readonly DocumentedOperation[];
}

/** The node's whole table, by name. */
export function documentedResources(): DocumentedResource[] {
	const byName = [...resourceOptions].sort((a, b) => a.name.localeCompare(b.name, 'en'));
	return byName.map(({ name, value }) => {
		const resource = resources[String(value)];
		const selector = resource?.description.find((property) => property.name === 'operation');
		const choices = (selector?.options ?? []) as INodePropertyOptions[];
		return {
			name,
			value: String(value),
			operations: choices.flatMap((choice) => {
				const module = resource?.operations[String(choice.value)];
				if (module === undefined) return [];
				const { name: title, description = '' } = choice;
				return [{ value: String(choice.value), name: title, description, module }];
			}),
		};
	});
}

/** All operations of all resources on one page. */
export function operationMatrix(all: readonly DocumentedResource[]): string {
	const rows = all.flatMap(({ name, value: resource, operations }) =>
		operations.map(({ name: operation, value, module: { request, hub, description } }, index) => {
			const shown = index === 0 ? `[${name}](resources/${resource}.md)` : '';
			const fields = visible(description).map(({ displayName }) => displayName);
			const { address, carries } = factsOf(request, hub);
			const scope = request?.scope === undefined ? '' : `\`${request.scope}\``;
			return [shown, operation, `\`${value}\``, address, carries, scope, fields.join(', ')];
		}),
	);
	const count = all.reduce((sum, { operations }) => sum + operations.length, 0);
	return [
		'# Operations',
		'',
		`${all.length} resources, ${count} operations. Made from the node itself with \`npm run docs\`; a test fails when it differs.`,
		'',
		'_In one request_ says how many input items or records travel together. _Scope_ is the least that the [connection](credentials.md#scopes) needs.',
		'',
		table(['Resource', 'Operation', 'Value', 'Request', 'In one request', 'Scope', 'Fields'], rows),
	].join('\n');
}

/** The operations of one resource with all their fields. */
export function resourceReference({ operations }: DocumentedResource): string {
	return operations
		.flatMap(({ name, value, description, module: { request, hub, description: fields } }) => [
			`### ${name}`,
			'',
			`${description}. Value \`${value}\`, ${sentenceOf(request, hub)}.`,
			'',
			table(['Field', 'Required', 'Meaning'], visible(fields).flatMap(rowsOf)),
			'',
		])
		.join('\n');
}

function factsOf(
	request: RequestFacts | undefined,
	hub: HubFacts | undefined,
): { address: string; carries: string } {
	if (hub !== undefined) {
		return { address: `hub: \`${hub.method} /${hub.path}\``, carries: hub.carries };
	}
	if (request === undefined) return { address: 'none', carries: '' };
	return { address: `\`${request.method} /${request.path}\``, carries: request.carries };
}

function sentenceOf(request: RequestFacts | undefined, hub: HubFacts | undefined): string {
	const { address, carries } = factsOf(request, hub);
	if (hub !== undefined) return `asks the ${address}, ${carries} in one request`;
	return request === undefined
		? 'without a request to Xero'
		: `request ${address}, ${carries} in one request`;
}

function visible(fields: readonly INodeProperties[]): INodeProperties[] {
	const shown = fields.filter(({ type }) => type !== 'hidden' && type !== 'notice');
	return shown.filter(
		({ name }, index) => shown.findIndex((other) => other.name === name) === index,
	);
}

/** A field, and below it the fields of the collection that it is. */
function rowsOf(field: INodeProperties): string[][] {
	const row = (property: INodeProperties, title: string) => [
		title,
		property.required === true ? 'yes' : '',
		meaningOf(property),
	];
	const members = field.type === 'collection' ? (field.options as INodeProperties[]) : [];
	return [
		row(field, field.displayName),
		...members.map((member) => row(member, `↳ ${member.displayName}`)),
	];
}

function meaningOf(field: INodeProperties): string {
	const { description = '' } = field;
	const parts = namesOf(field).join(', ');
	const more =
		parts === '' ? '' : field.type === 'fixedCollection' ? `With ${parts}` : `One of: ${parts}`;
	return [description.replace(/\.$/, ''), more].filter(Boolean).join('. ');
}

/** What can be chosen, or what one entry of a list of rows holds. */
function namesOf({ type, options = [] }: INodeProperties): string[] {
	if (type === 'options' || type === 'multiOptions') {
		return (options as INodePropertyOptions[]).map(({ name }) => name);
	}
	if (type !== 'fixedCollection') return [];
	return (options as INodePropertyCollection[]).flatMap(({ values }) =>
		values.map(({ displayName }) => displayName),
	);
}
