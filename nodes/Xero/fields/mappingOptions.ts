import type { INodeProperties } from 'n8n-workflow';

import type { OperationRun } from '../run/OperationRun';
import { isBlank } from '../values/isBlank';

/** The hub's name for mappings of no particular system. */
const ANY_SYSTEM = '*';

export const mapValuesOption: INodeProperties = {
	displayName: 'Map Values With the Hub',
	name: 'mapValues',
	type: 'boolean',
	default: true,
	description:
		"Whether accounts, tax rates, items and tracking are the other system's own, and looked up on the hub's Mapping page before anything is sent. Contacts too, where they are given By External ID.",
};

export const mappingSystemOption: INodeProperties = {
	displayName: 'System to Map For',
	name: 'mappingSystem',
	type: 'string',
	default: '',
	placeholder: 'e.g. crm',
	description:
		'Whose values they are, as on the Mapping page; left empty, mappings for any system count',
};

export function mapsValues(run: OperationRun, item: number): boolean {
	return optionsOf(run, item).mapValues === true;
}

export function mappingSystem(run: OperationRun, item: number): string {
	const { mappingSystem: system } = optionsOf(run, item);
	return isBlank(system) ? ANY_SYSTEM : String(system).trim();
}

function optionsOf(run: OperationRun, item: number): Readonly<Record<string, unknown>> {
	return run.parameter('writeOptions', item, {}) as Readonly<Record<string, unknown>>;
}
