import type { IDataObject } from 'n8n-workflow';

import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { parseXeroId } from '../../records/xeroId';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { fileLocator, fileOf } from './fileLocator';
import { FILES_PATH, FILES_SCOPE } from './filesApi';

export const description = showFor(
	'file',
	['associate'],
	[
		fileLocator('The file to tie to a record'),
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
			displayName: 'Record ID',
			name: 'objectId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1270bf7c-5d18-473a-9231-1e36c4bd33ed',
			description: 'Its ID, or its address in Xero',
		},
	],
);

export const request = singleCall('POST', `${FILES_PATH}/Files/{ID}/Associations`);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: FILES_SCOPE,
		build(item) {
			const id = fileOf(run, item);
			if (!id.ok) return id;
			const objectId = parseXeroId(String(run.parameter('objectId', item, '')), 'Record ID');
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
