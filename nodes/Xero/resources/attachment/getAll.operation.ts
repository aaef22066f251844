import { success } from '../../errors/failure';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { readCollection } from '../../requests/readCollection';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';
import { attachedToFields, ATTACHMENTS_SCOPE, attachmentsPath } from './attachedTo';

export const description: OperationModule['description'] = attachedToFields;

export const request = singleCall(
	'GET',
	'api.xro/2.0/{DocumentType}/{ID}/Attachments',
	ATTACHMENTS_SCOPE,
);

/** An item for each file; a document has ten at most. */
export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: ATTACHMENTS_SCOPE,
		build(item) {
			const path = attachmentsPath(run, item);
			return path.ok ? success({ method: 'GET', path: path.value }) : path;
		},
		read: (answer) => done(...(readCollection(answer, 'Attachments')?.records ?? [])),
	});
