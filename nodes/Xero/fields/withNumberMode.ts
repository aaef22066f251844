import type { INodeProperties } from 'n8n-workflow';

/** The same locator, which also takes the number that people know the record by. */
export function withNumberMode(
	locator: INodeProperties,
	{ placeholder, hint }: { readonly placeholder: string; readonly hint: string },
): INodeProperties {
	return {
		...locator,
		modes: [
			...(locator.modes ?? []),
			{ displayName: 'By Number', name: 'number', type: 'string', placeholder, hint },
		],
	};
}
