import { success } from '../errors/failure';
import { pickedId } from '../fields/Locator';
import { outputBinaryField } from '../fields/outputBinaryField';
import { addressOf, type RecordKind } from '../kinds/RecordKind';
import { receiveFile } from '../output/receiveFile';
import { callEach } from '../requests/callEach';
import { singleCall } from '../requests/RequestFacts';
import type { OperationModule } from './OperationModule';

const PDF = 'application/pdf';

/** *Get PDF*: the document as Xero prints it, as binary data. */
export function pdfOperation(kind: RecordKind): OperationModule {
	const { collection, locator } = kind;
	return {
		description: [locator.field(`The ${collection.label} to print`), outputBinaryField],
		request: singleCall('GET', addressOf(kind), collection.scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'read',
				scope: collection.scope,
				build(item) {
					const id = pickedId(run, kind.locator, item);
					return id.ok
						? success({ method: 'GET', path: addressOf(kind, id.value), accept: PDF, id: id.value })
						: id;
				},
				async read(answer, item, { id }) {
					const json = { [collection.idField]: id };
					const fileName = `${collection.label.replace(/ /g, '-')}-${id}.pdf`;
					return await receiveFile(run, item, answer, { fileName, mimeType: PDF, json });
				},
			}),
	};
}
