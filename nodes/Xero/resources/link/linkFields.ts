import type { INodeProperties } from 'n8n-workflow';

import { collect, success, type Outcome } from '../../errors/failure';
import {
	externalIdField,
	linkedEntities,
	needsHubNotice,
	readRequired,
	systemField,
} from '../../fields/hubFields';
import type { HubNeed } from '../../requests/askHub';
import type { OperationRun } from '../../run/OperationRun';

/** Why links need a hub. */
export const needForLinks: HubNeed = {
	feature: 'links',
	what: 'A link',
	because: 'Links are kept by the hub, which no OAuth2 credential reaches.',
};

export const entityField: INodeProperties = {
	displayName: 'Record',
	name: 'entity',
	type: 'options',
	options: linkedEntities,
	default: 'contact',
	description: 'What kind of record it is in Xero',
};

/** What names one link. */
export const linkName: INodeProperties[] = [
	needsHubNotice('linkNotice'),
	systemField,
	entityField,
	externalIdField,
];

/** Where the link of an item stands, below `/api/v1/`. */
export function linkPath(run: OperationRun, item: number, tenantId: string): Outcome<string> {
	const names = collect(
		[systemField, entityField, externalIdField].map((field) => readRequired(run, item, field)),
	);
	if (!names.ok) return names;
	return success(['links', ...[tenantId, ...names.value].map(encodeURIComponent)].join('/'));
}
