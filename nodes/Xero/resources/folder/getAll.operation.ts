import type { IDataObject } from 'n8n-workflow';

import { success } from '../../errors/failure';
import { readLimit } from '../../fields/readLimit';
import { limitField, returnAllField } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { FILES_PATH, FILES_SCOPE } from '../../requests/filesApi';
import { listOf } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';

export const description: OperationModule['description'] = [returnAllField, limitField];

const path = `${FILES_PATH}/Folders`;

export const request = listOf(path, FILES_SCOPE, 'the whole list');

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: FILES_SCOPE,
		build(item) {
			const limit = readLimit(run, item);
			return limit.ok ? success({ method: 'GET', path, limit: limit.value }) : limit;
		},
		read: ({ body }, _item, { limit }) =>
			done(...((Array.isArray(body) ? body : []) as IDataObject[]).slice(0, limit)),
	});
