import type { IDataObject } from 'n8n-workflow';

import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { readCollection } from '../shared/readCollection';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { ORGANISATION_PATH, ORGANISATION_SCOPE, ORGANISATIONS } from './organisationAddress';

export const description = showFor('organisation', ['getApiBudget'], []);

export const request = singleCall('GET', ORGANISATION_PATH, ORGANISATION_SCOPE);

/**
 * Xero says with every answer how many calls are left, so this costs one call; reading the
 * organisation does not count towards the app's data volume.
 */
export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: ORGANISATION_SCOPE,
		build: () => success({ method: 'GET', path: ORGANISATION_PATH }),
		read(answer) {
			const organisation = readCollection(answer, ORGANISATIONS)?.records[0];
			return done({
				OrganisationID: organisation?.OrganisationID,
				Name: organisation?.Name,
				...callsLeft(answer.headers),
			});
		},
	});

/** Absent where Xero did not say. */
function callsLeft(headers: Readonly<Record<string, string>>): IDataObject {
	const left = (name: string) => {
		const text = headers[name];
		return text === undefined || text === '' ? undefined : Number(text);
	};
	return {
		callsLeftToday: left('x-daylimit-remaining'),
		callsLeftThisMinute: left('x-minlimit-remaining'),
		appCallsLeftThisMinute: left('x-appminlimit-remaining'),
	};
}
