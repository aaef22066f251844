import type { INodeProperties } from 'n8n-workflow';

import { XERO_ID_PATTERN, XERO_URL_PATTERN } from '../values/xeroId';
import type { Locator } from './Locator';

export interface RecordLocator {
	readonly displayName: string;
	readonly name: string;
	readonly searchListMethod: string;
	/** What the list's placeholder calls one record. */
	readonly noun: string;
	/** A page of Xero's that shows one, for the By URL placeholder; absent where no page has the id. */
	readonly exampleUrl?: string;
	/** An id as records of this kind have it, for the By ID placeholder. */
	readonly exampleId?: string;
	readonly required?: boolean;
}

/** Picks one record of Xero's: from a searched list, by its id, or by an address of go.xero.com. */
export function recordLocator(locator: RecordLocator): Locator {
	const { displayName, name } = locator;
	return { displayName, name, field: (description) => fieldOf(locator, description) };
}

function fieldOf(locator: RecordLocator, description: string): INodeProperties {
	return {
		displayName: locator.displayName,
		name: locator.name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: locator.required,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${locator.noun}...`,
				typeOptions: { searchListMethod: locator.searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${locator.exampleId ?? '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777'}`,
				validation: [
					{
						type: 'regex',
						properties: { regex: XERO_ID_PATTERN, errorMessage: 'Not an id of Xero’s' },
					},
				],
			},
			...(locator.exampleUrl === undefined
				? []
				: [
						{
							displayName: 'By URL',
							name: 'url',
							type: 'string' as const,
							placeholder: `e.g. ${locator.exampleUrl}`,
							extractValue: { type: 'regex' as const, regex: XERO_URL_PATTERN },
							validation: [
								{
									type: 'regex' as const,
									properties: {
										regex: XERO_URL_PATTERN,
										errorMessage: 'Not an address of a Xero record',
									},
								},
							],
						},
					]),
		],
	};
}
