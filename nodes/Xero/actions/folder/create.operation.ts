import type { IDataObject } from 'n8n-workflow';

import { done } from '../../batching/ItemOutcome';
import { refuseInput, success } from '../../errors/failure';
import { FILES_PATH, FILES_SCOPE } from '../file/filesApi';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { keyOptionsField } from '../shared/writeOptions';

export const description = showFor(
	'folder',
	['create'],
	[
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Contracts',
			description: 'What the folder is called in Xero',
		},
		keyOptionsField,
	],
);

const path = `${FILES_PATH}/Folders`;

export const request = singleCall('POST', path, FILES_SCOPE);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: FILES_SCOPE,
		build(item) {
			const name = String(run.parameter('name', item, '')).trim();
			return name === ''
				? refuseInput('Name is not set')
				: success({ method: 'POST', path, body: { Name: name } });
		},
		read: ({ body }) => done(body as IDataObject),
	});
