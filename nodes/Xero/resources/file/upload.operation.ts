import { refuseInput, success, type Outcome } from '../../errors/failure';
import { keyOptionsField } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { FILES_PATH, FILES_SCOPE } from '../../requests/filesApi';
import { readWrittenItem } from '../../requests/readWrittenItem';
import { singleCall } from '../../requests/RequestFacts';
import type { OperationRun } from '../../run/OperationRun';
import { locatorValue } from '../../values/locatorValue';
import { parseXeroId } from '../../values/xeroId';
import { folderLocator } from './fileLocator';
import { multipartBody } from './multipartBody';

/** Xero's limit for any request. */
const MAX_BYTES = 10_000_000;

const FORBIDDEN = /[<>:"/\\|?*\r\n\0]/;

export const description: OperationModule['description'] = [
	{
		displayName: 'Input Data Field Name',
		name: 'inputBinaryField',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field containing the file to be uploaded',
	},
	folderLocator.field('The inbox if left empty'),
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. contract.pdf',
		description: 'The name of the file itself if left empty. Xero goes by its ending.',
	},
	keyOptionsField,
];

const path = `${FILES_PATH}/Files`;

export const request = singleCall('POST', path, FILES_SCOPE);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: FILES_SCOPE,
		async build(item) {
			const folder = folderOf(run, item);
			if (!folder.ok) return folder;
			const property = String(run.parameter('inputBinaryField', item, 'data'));
			const file = await run.readFile(item, property);
			if (file.bytes.length > MAX_BYTES) {
				return refuseInput(`The file has ${file.bytes.length} bytes; Xero takes ${MAX_BYTES}`);
			}
			const name = String(run.parameter('fileName', item, '') || file.fileName || '').trim();
			if (name === '') return refuseInput('File Name is not set', 'The file itself has no name.');
			if (FORBIDDEN.test(name)) {
				return refuseInput(
					`File Name has a character that Xero does not take: ${JSON.stringify(name)}`,
					'Leave out < > : " / \\ | ? * and line breaks.',
				);
			}
			return success({
				method: 'POST',
				path: folder.value === undefined ? path : `${path}/${folder.value}`,
				...multipartBody(file.bytes, name, file.mimeType),
			});
		},
		read: (answer) => readWrittenItem(answer, 'Id'),
	});

function folderOf(run: OperationRun, item: number): Outcome<string | undefined> {
	const { value } = locatorValue(run.parameter(folderLocator.name, item, ''));
	return value === '' ? success(undefined) : parseXeroId(value, folderLocator.displayName);
}
