import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import type { OperationModule } from './OperationModule';

/** One entry of the `operation` parameter. */
export interface OperationChoice<Operation extends string> {
	readonly name: string;
	readonly value: Operation;
	/** What n8n's list of actions calls it. */
	readonly action: string;
	readonly description: string;
}

/** What a `<Resource>.resource.ts` declares. */
export interface ResourceDefinition<Operation extends string> {
	/** What the editor calls it. */
	readonly title: string;
	/** Value of the `resource` parameter, which saved workflows hold. */
	readonly value: string;
	/** By the value of the `operation` parameter; their fields stand in the editor in this order. */
	readonly operations: Readonly<Record<Operation, OperationModule>>;
	/** By name, as n8n wants them. */
	readonly choices: ReadonlyArray<OperationChoice<Operation>>;
	/** The operation that is chosen at first. */
	readonly default: Operation;
	/**
	 * What a tool of an agent can choose of the records: Xero's own members, and the flat ones of a
	 * simplified record, separated by blanks. The id is not among them: it comes in any case. Left out
	 * is what only says how a write went, and what stands twice.
	 */
	readonly returnable?: string;
}

/** A resource as the node runs and shows it. */
export interface Resource {
	readonly title: string;
	readonly value: string;
	/** By name. */
	readonly choices: readonly OperationChoice<string>[];
	/** The operation selector and the fields of all operations. */
	readonly description: INodeProperties[];
	/** By the value of the `operation` parameter, each with its fields as they are shown. */
	readonly operations: Readonly<Record<string, OperationModule>>;
	/** Names that a tool of an agent can choose. */
	readonly returnable: readonly string[];
}

/** Puts the operations of a resource together: only here its name goes into what the editor shows. */
export function defineResource<Operation extends string>({
	title,
	value,
	operations,
	choices,
	default: first,
	returnable = '',
}: ResourceDefinition<Operation>): Resource {
	const shown = Object.entries<OperationModule>(operations).map(
		([operation, module]) => [operation, shownFor(value, operation, module)] as const,
	);
	const selector: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: choices.map((choice): INodePropertyOptions => ({ ...choice })),
		default: first,
	};
	return {
		title,
		value,
		choices,
		description: [selector, ...shown.flatMap(([, { description }]) => description)],
		operations: Object.fromEntries(shown),
		returnable: returnable.split(/\s+/).filter(Boolean),
	};
}

/** The module with its fields shown for one resource and operation only. */
function shownFor(resource: string, operation: string, module: OperationModule): OperationModule {
	const show = { resource: [resource], operation: [operation] };
	return { ...module, description: updateDisplayOptions({ show }, module.description) };
}
