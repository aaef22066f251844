import type { INodeProperties } from 'n8n-workflow';

import type { Locator } from './Locator';

export interface CodePicker {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	readonly searchListMethod: string;
	/** How a user writes one by hand. */
	readonly manual: { readonly displayName: string; readonly placeholder: string };
}

/** Picks from a list of the organisation's, or takes the code as Xero spells it. */
export function codePicker(picker: CodePicker): INodeProperties {
	return {
		displayName: picker.displayName,
		name: picker.name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: picker.description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: picker.searchListMethod, searchable: true },
			},
			{
				displayName: picker.manual.displayName,
				name: 'id',
				type: 'string',
				placeholder: picker.manual.placeholder,
			},
		],
	};
}

/** Picks one record in the same way. */
export function codeLocator(picker: Omit<CodePicker, 'description'>): Locator {
	const { displayName, name } = picker;
	return { displayName, name, field: (description) => codePicker({ ...picker, description }) };
}
