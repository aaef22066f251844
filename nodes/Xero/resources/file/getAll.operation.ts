import type { IDataObject } from 'n8n-workflow';

import { success } from '../../errors/failure';
import { limitField, returnAllField } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { FILES_PATH, FILES_SCOPE } from '../../requests/filesApi';
import { readItemPages } from '../../requests/readItemPages';
import { listOf } from '../../requests/RequestFacts';
import { locatorValue } from '../../values/locatorValue';
import { folderLocator } from './fileLocator';

export const description: OperationModule['description'] = [
	returnAllField,
	limitField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		default: {},
		placeholder: 'Add Filter',
		description: 'Xero cannot filter this list: what does not match is left out here',
		options: [
			folderLocator.field('Only files of this folder'),
			{
				displayName: 'Name Contains',
				name: 'name',
				type: 'string',
				default: '',
				description: 'Part of the file name, in upper or lower case',
				placeholder: 'e.g. .pdf',
			},
		],
	},
	{
		displayName: 'Sort By',
		name: 'sort',
		type: 'options',
		options: [
			{ name: 'Created, Newest First', value: 'CreatedDateUTC DESC' },
			{ name: 'Created, Oldest First', value: 'CreatedDateUTC ASC' },
			{ name: 'Name', value: 'Name ASC' },
			{ name: 'Size', value: 'Size ASC' },
		],
		default: 'CreatedDateUTC DESC',
	},
];

const path = `${FILES_PATH}/Files`;

export const request = listOf(path, FILES_SCOPE, '100 records');

export const execute: OperationModule['execute'] = async (run) =>
	await readItemPages(run, {
		path,
		scope: FILES_SCOPE,
		pageSize: ['pagesize', 100],
		query(item) {
			const [sort = '', direction = 'ASC'] = String(run.parameter('sort', item, '')).split(' ');
			return success({ sort, direction });
		},
		keep(file: IDataObject, item) {
			const filters = run.parameter('filters', item, {}) as { folder?: unknown; name?: unknown };
			const folder = locatorValue(filters.folder).value.toLowerCase();
			const name = locatorValue(filters.name).value.toLowerCase();
			return (
				(folder === '' || file.FolderId === folder) &&
				String(file.Name).toLowerCase().includes(name)
			);
		},
	});
