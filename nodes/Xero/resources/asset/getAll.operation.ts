import { success } from '../../errors/failure';
import { limitField, returnAllField } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { ASSETS_PATH, ASSETS_SCOPE } from '../../requests/assetsApi';
import { readItemPages } from '../../requests/readItemPages';
import { listOf } from '../../requests/RequestFacts';

export const description: OperationModule['description'] = [
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Disposed', value: 'DISPOSED' },
			{ name: 'Draft', value: 'DRAFT' },
			{ name: 'Registered', value: 'REGISTERED' },
		],
		default: 'REGISTERED',
		required: true,
		description: 'Xero lists the assets of one status at a time',
	},
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
				displayName: 'Search Term',
				name: 'filterBy',
				type: 'string',
				default: '',
				placeholder: 'e.g. Company Car',
				description: 'Part of the name, number, description or type',
			},
		],
	},
	{
		displayName: 'Sort By',
		name: 'sort',
		type: 'options',
		options: [
			{ name: 'Name', value: 'AssetName' },
			{ name: 'Number', value: 'AssetNumber' },
			{ name: 'Purchase Date', value: 'PurchaseDate' },
			{ name: 'Purchase Price', value: 'PurchasePrice' },
			{ name: 'Type', value: 'AssetType' },
		],
		default: 'AssetNumber',
	},
];

export const request = listOf(ASSETS_PATH, ASSETS_SCOPE, '100 records');

export const execute: OperationModule['execute'] = async (run) =>
	await readItemPages(run, {
		path: ASSETS_PATH,
		scope: ASSETS_SCOPE,
		pageSize: ['pageSize', 100],
		query(item) {
			const { filterBy } = run.parameter('filters', item, {}) as { filterBy?: unknown };
			const sought = String(filterBy ?? '').trim();
			return success({
				status: String(run.parameter('status', item, '')),
				orderBy: String(run.parameter('sort', item, '')),
				sortDirection: 'asc',
				...(sought === '' ? {} : { filterBy: sought }),
			});
		},
	});
