import type { IDataObject } from 'n8n-workflow';

import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { fileLocator, fileOf } from './fileLocator';
import { FILES_PATH, FILES_SCOPE } from './filesApi';

export const description = showFor('file', ['get'], [fileLocator('The file to describe')]);

export const request = singleCall('GET', `${FILES_PATH}/Files/{ID}`);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: FILES_SCOPE,
		build(item) {
			const id = fileOf(run, item);
			return id.ok ? success({ method: 'GET', path: `${FILES_PATH}/Files/${id.value}` }) : id;
		},
		read: ({ body }) => done(body as IDataObject),
	});
