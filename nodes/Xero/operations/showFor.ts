import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

/** The same properties, shown for one resource and the given operations only. */
export function showFor(
	resource: string,
	operations: readonly string[],
	properties: INodeProperties[],
): INodeProperties[] {
	return updateDisplayOptions(
		{ show: { resource: [resource], operation: [...operations] } },
		properties,
	);
}
