import type { INodePropertyOptions } from 'n8n-workflow';

import type { Resource } from '../operations/defineResource';
import * as everyResource from './everyResource';

const all: readonly Resource[] = Object.values(everyResource);

/** By the value of the `resource` parameter. */
export const resources: Readonly<Record<string, Resource>> = Object.fromEntries(
	sortedBy('value').map((resource) => [resource.value, resource]),
);

/** The choices of the `resource` parameter, by name. */
export const resourceOptions: INodePropertyOptions[] = sortedBy('title').map(
	({ title, value }) => ({
		name: title,
		value,
	}),
);

/** In English order wherever n8n runs, so that the editor shows the same everywhere. */
function sortedBy(key: 'title' | 'value'): Resource[] {
	return [...all].sort((a, b) => a[key].localeCompare(b[key], 'en'));
}
