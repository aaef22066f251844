import type { IDataObject } from 'n8n-workflow';

import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { recordLocator } from '../../fields/recordLocator';
import { keyOptionsField } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { FILES_PATH, FILES_SCOPE } from '../../requests/filesApi';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';
import { fileLocator } from './fileLocator';

const filedLocator = recordLocator({
	displayName: 'Record',
	name: 'objectId',
	searchListMethod: 'searchFiledRecords',
	noun: 'a record',
	exampleUrl: 'https://go.xero.com/app/invoicing/view/243216c5-369e-4056-ac67-05388f86dc81',
	required: true,
});

export const description: OperationModule['description'] = [
	fileLocator.field('The file to tie to a record'),
	{
		displayName: 'Record Type',
		name: 'objectGroup',
		type: 'options',
		options: [
			{ name: 'Account', value: 'Account' },
			{ name: 'Bank Transaction', value: 'BankTransaction' },
			{ name: 'Contact', value: 'Contact' },
			{ name: 'Credit Note', value: 'CreditNote' },
			{ name: 'Invoice or Bill', value: 'Invoice' },
			{ name: 'Item', value: 'Item' },
			{ name: 'Manual Journal', value: 'ManualJournal' },
			{ name: 'Overpayment', value: 'Overpayment' },
			{ name: 'Payment', value: 'Payment' },
			{ name: 'Prepayment', value: 'Prepayment' },
			{ name: 'Quote', value: 'Quote' },
			{ name: 'Receipt', value: 'Receipt' },
		],
		default: 'Invoice',
		description: 'Kind of record that gets the file',
		required: true,
	},
	{
		...filedLocator.field('The record that gets the file'),
		typeOptions: { loadOptionsDependsOn: ['objectGroup'] },
	},
	keyOptionsField,
];

export const request = singleCall('POST', `${FILES_PATH}/Files/{ID}/Associations`, FILES_SCOPE);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: FILES_SCOPE,
		build(item) {
			const id = pickedId(run, fileLocator, item);
			if (!id.ok) return id;
			const objectId = pickedId(run, filedLocator, item);
			if (!objectId.ok) return objectId;
			return success({
				method: 'POST',
				path: `${FILES_PATH}/Files/${id.value}/Associations`,
				body: {
					ObjectId: objectId.value,
					ObjectGroup: String(run.parameter('objectGroup', item, '')),
				},
			});
		},
		read: ({ body }) => done(body as IDataObject),
	});
