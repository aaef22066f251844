import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

/** Further ways to name a record. */
export interface MoreModes {
	readonly modes: readonly INodePropertyMode[];
}

/** The same locator's field with further ways to name the record. */
export function withModes(locator: INodeProperties, { modes }: MoreModes): INodeProperties {
	return { ...locator, modes: [...(locator.modes ?? []), ...modes] };
}

/** The same locator's field, which also takes the number that people know the record by. */
export function withNumberMode(
	locator: INodeProperties,
	{ placeholder, hint }: { readonly placeholder: string; readonly hint?: string },
): INodeProperties {
	return withModes(locator, {
		modes: [{ displayName: 'By Number', name: 'number', type: 'string', placeholder, hint }],
	});
}
