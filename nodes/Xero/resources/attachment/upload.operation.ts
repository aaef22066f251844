import { refuseInput, success, type Outcome } from '../../errors/failure';
import { keyOptionsWith } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { readWritten } from '../../requests/readWritten';
import { singleCall } from '../../requests/RequestFacts';
import type { OperationRun } from '../../run/OperationRun';
import { attachedToFields, ATTACHMENTS_SCOPE, attachmentsPath } from './attachedTo';

/** Xero names 3, 10 and 25 MB in different places; 10 MB is its limit for any request. */
const MAX_BYTES = 10_000_000;

const FORBIDDEN_IN_NAMES = ['<', '>', ':', '"', '/', '\\', '|', '?', '*', '+', '\u0000'];

/** Documents that customers see online, files included. */
const ONLINE_TYPES = ['Invoices', 'CreditNotes'];

export const description: OperationModule['description'] = [
	...attachedToFields,
	{
		displayName: 'Input Data Field Name',
		name: 'inputBinaryField',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field containing the file to be attached',
	},
	keyOptionsWith([
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. receipt-4711.pdf',
			description: 'The name of the file itself if left empty',
		},
		{
			displayName: 'Include Online',
			name: 'includeOnline',
			type: 'boolean',
			default: false,
			description:
				'Whether the customer sees the file with the online invoice. Sales invoices and credit notes only.',
		},
		{
			displayName: 'Replace',
			name: 'replace',
			type: 'boolean',
			default: false,
			description: 'Whether to take the place of a file with the same name',
		},
	]),
];

export const request = singleCall(
	'PUT',
	'api.xro/2.0/{DocumentType}/{ID}/Attachments/{File}',
	ATTACHMENTS_SCOPE,
);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: ATTACHMENTS_SCOPE,
		async build(item) {
			const path = attachmentsPath(run, item);
			if (!path.ok) return path;
			const options = run.parameter('writeOptions', item, {}) as Record<string, unknown>;
			const file = await run.readFile(
				item,
				String(run.parameter('inputBinaryField', item, 'data')),
			);
			if (file.bytes.length > MAX_BYTES) {
				return refuseInput(
					`The file has ${file.bytes.length} bytes; Xero takes ${MAX_BYTES}`,
					'Make it smaller, or link to it from the document.',
				);
			}
			const name = readName(options.fileName, file.fileName);
			if (!name.ok) return name;
			const online = readOnline(run, options.includeOnline === true, item);
			if (!online.ok) return online;
			return success({
				method: options.replace === true ? 'POST' : 'PUT',
				path: `${path.value}/${encodeURIComponent(name.value)}`,
				query: online.value,
				body: file.bytes,
				contentType: file.mimeType,
			});
		},
		read: (answer) => readWritten(answer, 'Attachments', 'AttachmentID'),
	});

function readName(chosen: unknown, own: string | undefined): Outcome<string> {
	const name = String(chosen ?? '').trim() || (own ?? '').trim();
	if (name === '') return refuseInput('The file has no name', 'Give one in Options: File Name.');
	// In an address they stand for folders.
	if (['.', '..'].includes(name)) {
		return refuseInput(
			`${JSON.stringify(name)} is no name of a file`,
			'Give another name in Options: File Name.',
		);
	}
	const forbidden = FORBIDDEN_IN_NAMES.filter((character) => name.includes(character));
	return forbidden.length === 0
		? success(name)
		: refuseInput(
				`The file name ${JSON.stringify(name)} holds ${forbidden.join(' ')}, which Xero does not take`,
				'Give another name in Options: File Name.',
			);
}

function readOnline(
	run: OperationRun,
	includeOnline: boolean,
	item: number,
): Outcome<Readonly<Record<string, string>>> {
	if (!includeOnline) return success({});
	const type = String(run.parameter('documentType', item, 'Invoices'));
	return ONLINE_TYPES.includes(type)
		? success({ IncludeOnline: 'true' })
		: refuseInput(
				'Include Online is for invoices and credit notes only',
				'Turn it off for this document type.',
			);
}
