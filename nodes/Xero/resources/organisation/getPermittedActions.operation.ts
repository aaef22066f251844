import { success } from '../../errors/failure';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { ORGANISATION_PATH, ORGANISATION_SCOPE } from '../../requests/organisationAddress';
import { readAnswered } from '../../requests/readAnswered';
import { singleCall } from '../../requests/RequestFacts';

const path = `${ORGANISATION_PATH}/Actions`;

export const description: OperationModule['description'] = [];

export const request = singleCall('GET', path, ORGANISATION_SCOPE);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: ORGANISATION_SCOPE,
		build: () => success({ method: 'GET', path }),
		read: (answer) => readAnswered(answer, 'Actions'),
	});
