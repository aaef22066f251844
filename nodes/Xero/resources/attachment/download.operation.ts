import { refuseInput, success } from '../../errors/failure';
import { outputBinaryField } from '../../fields/outputBinaryField';
import type { OperationModule } from '../../operations/OperationModule';
import { receiveFile } from '../../output/receiveFile';
import { callEach } from '../../requests/callEach';
import { singleCall } from '../../requests/RequestFacts';
import { attachedToFields, ATTACHMENTS_SCOPE, attachmentsPath } from './attachedTo';

export const description: OperationModule['description'] = [
	...attachedToFields,
	{
		displayName: 'File',
		name: 'file',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. receipt.pdf',
		description: 'The name of the file, or its attachment ID',
	},
	outputBinaryField,
];

export const request = singleCall(
	'GET',
	'api.xro/2.0/{DocumentType}/{ID}/Attachments/{File}',
	ATTACHMENTS_SCOPE,
);

const ANY_TYPE = '*/*';
const UNKNOWN_TYPE = 'application/octet-stream';

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: ATTACHMENTS_SCOPE,
		build(item) {
			const path = attachmentsPath(run, item);
			if (!path.ok) return path;
			const file = String(run.parameter('file', item, '') ?? '').trim();
			// In an address, dots alone stand for folders.
			if (['', '.', '..'].includes(file))
				return refuseInput('File is not set', 'Give its name or attachment ID.');
			return success({
				method: 'GET',
				path: `${path.value}/${encodeURIComponent(file)}`,
				accept: ANY_TYPE,
				file,
			});
		},
		notFound: ({ file }) => ({
			message: `The document has no file named ${JSON.stringify(file)}, or Xero has no such document`,
			description: 'Get Many lists the files of a document. Check the document type too.',
		}),
		read: async (answer, item, { file }) =>
			await receiveFile(run, item, answer, {
				fileName: file,
				mimeType: answer.headers['content-type']?.split(';')[0] ?? UNKNOWN_TYPE,
				json: {},
			}),
	});
