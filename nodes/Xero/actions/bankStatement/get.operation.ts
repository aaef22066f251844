import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { parseXeroId } from '../../records/xeroId';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../bankFeeds/bankFeedsApi';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';

const statementId: INodeProperties = {
	displayName: 'Statement ID',
	name: 'statementId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 2fc57bac-7aa7-4981-a5cd-8aee83fe698c',
	description: 'As Create gave it',
};

export const description = showFor('bankStatement', ['get'], [statementId]);

export const request = singleCall('GET', `${BANK_FEEDS_PATH}/Statements/{ID}`);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: BANK_FEEDS_SCOPE,
		build(item) {
			const id = parseXeroId(
				String(run.parameter(statementId.name, item, '')),
				statementId.displayName,
			);
			return id.ok
				? success({ method: 'GET', path: `${BANK_FEEDS_PATH}/Statements/${id.value}` })
				: id;
		},
		read: ({ body }) => done(body as IDataObject),
	});
