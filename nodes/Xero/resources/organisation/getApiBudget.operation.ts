import type { IDataObject } from 'n8n-workflow';

import { success } from '../../errors/failure';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import {
	ORGANISATION_PATH,
	ORGANISATION_SCOPE,
	ORGANISATIONS,
} from '../../requests/organisationAddress';
import { readCollection } from '../../requests/readCollection';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';

export const description: OperationModule['description'] = [];

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
				Name: organisation?.Name,
				...callsLeft(answer.headers),
				OrganisationID: organisation?.OrganisationID,
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
