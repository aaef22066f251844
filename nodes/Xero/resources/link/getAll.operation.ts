import type { IDataObject } from 'n8n-workflow';

import { success, type Outcome } from '../../errors/failure';
import { linkedEntities, needsHubNotice } from '../../fields/hubFields';
import { readLimit } from '../../fields/readLimit';
import { limitField, returnAllField } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { needHub, type CapableHub } from '../../requests/askHub';
import type { HubFacts } from '../../requests/RequestFacts';
import { createProgress } from '../../run/createProgress';
import { forItem } from '../../run/forItem';
import { done, failed } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { isBlank } from '../../values/isBlank';
import { locatorValue } from '../../values/locatorValue';
import { needForLinks } from './linkFields';

/** Of a page; the hub gives no more. */
const LINKS_A_PAGE = 200;

export const description: OperationModule['description'] = [
	needsHubNotice('linkNotice'),
	returnAllField,
	limitField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		default: {},
		placeholder: 'Add Filter',
		options: [
			{
				displayName: 'External ID Contains',
				name: 'search',
				type: 'string',
				default: '',
				description: 'A part of the ID in the other system',
			},
			{
				displayName: 'Record',
				name: 'entity',
				type: 'options',
				options: linkedEntities,
				default: 'contact',
				description: 'Only links of this kind of record',
			},
			{
				displayName: 'State',
				name: 'state',
				type: 'options',
				options: [
					{ name: 'Broken', value: 'broken', description: 'Its record cannot be used any more' },
					{ name: 'Being Made', value: 'claiming', description: 'A push is making its record' },
					{ name: 'Linked', value: 'linked' },
				],
				default: 'linked',
				description: 'Only links in this state',
			},
			{
				displayName: 'System',
				name: 'system',
				type: 'string',
				default: '',
				placeholder: 'e.g. crm',
				description: 'Only links of this other system',
			},
			{
				displayName: 'Xero ID',
				name: 'xeroId',
				type: 'string',
				default: '',
				description: "Only links of this record of Xero's, of all other systems",
			},
		],
	},
];

export const hub: HubFacts = { method: 'GET', path: 'api/v1/links', carries: '200 links' };

/** Links of all organisations, unless one is chosen. */
export const execute: OperationModule['execute'] = async (run) => {
	const progress = createProgress(run);
	const found = await needHub(run, needForLinks);
	for (let item = 0; item < run.itemCount && progress.mayGoOn(); item++) {
		const links = found.ok
			? await forItem(async () => await listLinks(run, found.value, item))
			: found;
		progress.settle(item, links.ok ? done(...links.value) : failed(links.failure));
	}
	return { effect: 'read', outcomes: progress.outcomes };
};

async function listLinks(
	run: OperationRun,
	{ ask }: CapableHub,
	item: number,
): Promise<Outcome<readonly IDataObject[]>> {
	const limit = readLimit(run, item);
	if (!limit.ok) return limit;
	const { value: tenantId } = locatorValue(run.parameter('organisation', item, ''));
	const filters = { tenantId, ...(run.parameter('filters', item, {}) as IDataObject) };
	const wanted = Object.entries(filters).filter(([, value]) => !isBlank(value));
	const query = Object.fromEntries(wanted.map(([name, value]) => [name, String(value)]));
	const links: IDataObject[] = [];
	const cursors = new Set<string>();
	for (let cursor: string | undefined = ''; cursor !== undefined;) {
		const answer = await ask({
			method: 'GET',
			path: 'links',
			query: {
				...query,
				limit: String(Math.min(LINKS_A_PAGE, limit.value - links.length)),
				...(cursor === '' ? {} : { cursor }),
			},
		});
		if (!answer.ok) return answer;
		const { items = [], nextCursor } = answer.value.body as {
			items?: IDataObject[];
			nextCursor?: string | null;
		};
		links.push(...items);
		const isOver = links.length >= limit.value || items.length === 0;
		// A cursor that comes again would go round for ever.
		cursor = isOver || cursors.has(nextCursor ?? '') ? undefined : (nextCursor ?? undefined);
		cursors.add(cursor ?? '');
	}
	return success(links.slice(0, limit.value));
}
