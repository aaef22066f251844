import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { outputBinaryField } from '../../fields/outputBinaryField';
import type { OperationModule } from '../../operations/OperationModule';
import { receiveFile } from '../../output/receiveFile';
import { callEach } from '../../requests/callEach';
import { FILES_PATH, FILES_SCOPE } from '../../requests/filesApi';
import { singleCall } from '../../requests/RequestFacts';
import { fileLocator } from './fileLocator';

const OCTETS = 'application/octet-stream';

export const description: OperationModule['description'] = [
	fileLocator.field('The file to download'),
	outputBinaryField,
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.Name }}',
		description: 'What to call it in n8n; its ID if left empty',
	},
];

export const request = singleCall('GET', `${FILES_PATH}/Files/{ID}/Content`, FILES_SCOPE);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: FILES_SCOPE,
		build(item) {
			const id = pickedId(run, fileLocator, item);
			if (!id.ok) return id;
			const path = `${FILES_PATH}/Files/${id.value}/Content`;
			return success({ method: 'GET', path, accept: OCTETS, Id: id.value });
		},
		async read(answer, item, { Id }) {
			const fileName = String(run.parameter('fileName', item, '') || Id);
			const mimeType = answer.headers['content-type']?.split(';')[0] ?? OCTETS;
			return await receiveFile(run, item, answer, { fileName, mimeType, json: { Id } });
		},
	});
