import type { IDataObject } from 'n8n-workflow';

import type { AnsweredReply } from '../messages/XeroReply';
import { failed, type ItemOutcome } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';

export interface ReceivedFile {
	readonly fileName: string;
	readonly mimeType: string;
	/** What stands beside the file. */
	readonly json: IDataObject;
}

/** The file that Xero answered with, as binary data of the output item. */
export async function receiveFile(
	run: OperationRun,
	item: number,
	{ body }: AnsweredReply,
	{ fileName, mimeType, json }: ReceivedFile,
): Promise<ItemOutcome> {
	if (!Buffer.isBuffer(body)) {
		return failed({
			kind: 'api',
			message: 'Xero answered without a file',
			description: 'Look at the record in Xero: it may have no such file.',
		});
	}
	const property = String(run.parameter('binaryPropertyName', item, 'data'));
	const file = await run.writeFile(body, fileName, mimeType);
	return {
		status: 'done',
		records: [{ ...json, fileName, mimeType, fileSize: body.length }],
		binary: { [property]: file },
	};
}
