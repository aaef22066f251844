import { success } from '../../errors/failure';
import { getOptions } from '../../fields/readOptions';
import { organisationKind } from '../../kinds/organisationKind';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { callEach } from '../../requests/callEach';
import {
	ORGANISATION_PATH,
	ORGANISATION_SCOPE,
	ORGANISATIONS,
} from '../../requests/organisationAddress';
import { readCollection } from '../../requests/readCollection';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';

export const description: OperationModule['description'] = [getOptions];

export const request = singleCall('GET', ORGANISATION_PATH, ORGANISATION_SCOPE);

export const execute: OperationModule['execute'] = async (run) => {
	const present = presenter(run, organisationKind);
	return await callEach(run, {
		effect: 'read',
		scope: ORGANISATION_SCOPE,
		build: () => success({ method: 'GET', path: ORGANISATION_PATH }),
		read(answer, item) {
			const records = readCollection(answer, ORGANISATIONS)?.records ?? [];
			return done(...records.map((record) => present(record, item)));
		},
	});
};
