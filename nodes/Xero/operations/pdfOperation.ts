import { outputBinaryField } from '../fields/outputBinaryField';
import { receiveFile } from '../output/receiveFile';
import { callEach } from '../requests/callEach';
import { success } from '../errors/failure';
import type { OperationModule } from './OperationModule';
import { singleCall } from '../requests/RequestFacts';
import { showFor } from './showFor';
import { addressOf, idOf, type RecordKind } from '../kinds/RecordKind';

const PDF = 'application/pdf';

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
