import type { INodeProperties } from 'n8n-workflow';

import { receiveFile } from '../output/receiveFile';
import { callEach } from '../requests/callEach';
import { success } from '../errors/failure';
import type { OperationModule } from './OperationModule';
import { singleCall } from '../requests/RequestFacts';
import { showFor } from './showFor';
import { addressOf, idOf, type RecordKind } from '../kinds/RecordKind';

const PDF = 'application/pdf';

/** Where a file of an output item goes. */
export const outputBinaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

/** *Get PDF*: the document as Xero prints it, as binary data. */
export function pdfOperation(kind: RecordKind): OperationModule {
	const { collection, locator, resource } = kind;
	return {
		description: showFor(
			resource,
			['getPdf'],
			[locator(`The ${collection.label} to print`), outputBinaryField],
		),
		request: singleCall('GET', addressOf(kind), collection.scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'read',
				scope: collection.scope,
				build(item) {
					const id = idOf(run, kind, item);
					return id.ok
						? success({ method: 'GET', path: addressOf(kind, id.value), accept: PDF })
						: id;
				},
				async read(answer, item) {
					const id = idOf(run, kind, item);
					const recordId = id.ok ? id.value : '';
					const json = { [collection.idField]: recordId };
					const fileName = `${collection.label.replace(/ /g, '-')}-${recordId}.pdf`;
					return await receiveFile(run, item, answer, { fileName, mimeType: PDF, json });
				},
			}),
	};
}
