import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { sendAgainField } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { FILES_PATH, FILES_SCOPE } from '../../requests/filesApi';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';
import { fileLocator } from './fileLocator';

export const description: OperationModule['description'] = [
	fileLocator.field('The file to delete'),
	sendAgainField,
];

export const request = singleCall('DELETE', `${FILES_PATH}/Files/{ID}`, FILES_SCOPE);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: FILES_SCOPE,
		build(item) {
			const id = pickedId(run, fileLocator, item);
			return id.ok
				? success({ method: 'DELETE', path: `${FILES_PATH}/Files/${id.value}`, Id: id.value })
				: id;
		},
		read: (_answer, _item, { Id }) => done({ deleted: true, Id }),
	});
