import type { INodeProperties } from 'n8n-workflow';

import type { Outcome } from '../errors/failure';
import { locatorValue } from '../values/locatorValue';
import { parseXeroId, XERO_ID_PATTERN } from '../values/xeroId';
import type { OperationRun } from '../run/OperationRun';

const NAME = 'feedConnection';
const LABEL = 'Feed Connection';

/** Picks a feed connection. Xero has no page of its own for one, so there is no URL to paste. */
export function feedConnectionLocator(description: string, required = true): INodeProperties {
	return {
		displayName: LABEL,
		name: NAME,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a feed connection...',
				typeOptions: { searchListMethod: 'searchFeedConnections', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 6a4b9ff5-3a5f-4321-936b-4796163550f6',
				validation: [
					{
						type: 'regex',
						properties: { regex: XERO_ID_PATTERN, errorMessage: 'Not an id of Xero’s' },
					},
				],
			},
		],
	};
}

export function feedConnectionOf(run: OperationRun, item: number): Outcome<string> {
	return parseXeroId(locatorValue(run.parameter(NAME, item, '')).value, LABEL);
}
