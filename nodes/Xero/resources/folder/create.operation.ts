import { refuseInput, success } from '../../errors/failure';
import { keyOptionsField } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { FILES_PATH, FILES_SCOPE } from '../../requests/filesApi';
import { readWrittenItem } from '../../requests/readWrittenItem';
import { singleCall } from '../../requests/RequestFacts';

export const description: OperationModule['description'] = [
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
];

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
		read: (answer) => readWrittenItem(answer, 'Id'),
	});
