import type { INodePropertyOptions } from 'n8n-workflow';

import type { Resource } from '../operations/defineResource';
import * as everyResource from './everyResource';

const all: readonly Resource[] = Object.values(everyResource);

/** By the value of the `resource` parameter. */
export const resources: Readonly<Record<string, Resource>> = Object.fromEntries(
	sortedBy('value').map((resource) => [resource.value, resource]),
);

/** What most workflows are about. n8n shows over two hundred actions in the order of the resources. */
const POPULAR: readonly string[] = ['invoice', 'contact', 'payment', 'item', 'quote', 'report'];

/** The choices of the `resource` parameter: the popular ones, then all others by name. */
export const resourceOptions: INodePropertyOptions[] = popularFirst(sortedBy('title')).map(
	({ title, value }) => ({
		name: title,
		value,
	}),
);

function popularFirst(sorted: readonly Resource[]): Resource[] {
	const popular = POPULAR.flatMap((name) => sorted.find(({ value }) => value === name) ?? []);
	return [...new Set([...popular, ...sorted])];
}

/** In English order wherever n8n runs, so that the editor shows the same everywhere. */
function sortedBy(key: 'title' | 'value'): Resource[] {
	return [...all].sort((a, b) => a[key].localeCompare(b[key], 'en'));
}
