import { success } from '../../errors/failure';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { readAnswered } from '../shared/readAnswered';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { ORGANISATION_PATH, ORGANISATION_SCOPE } from './organisationAddress';

const path = `${ORGANISATION_PATH}/Actions`;

export const description = showFor('organisation', ['getPermittedActions'], []);

export const request = singleCall('GET', path, ORGANISATION_SCOPE);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: ORGANISATION_SCOPE,
		build: () => success({ method: 'GET', path }),
		read: (answer) => readAnswered(answer, 'Actions'),
	});
