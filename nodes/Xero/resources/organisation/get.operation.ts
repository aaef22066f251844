import type { IDataObject } from 'n8n-workflow';

import { success } from '../../errors/failure';
import { getOptions } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter, type PresentedKind } from '../../output/presenter';
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

const organisationKind: PresentedKind = {
	collection: { idField: 'OrganisationID' },
	simplify: simplifyOrganisation,
};

/** The ten fields that decide how its books are kept. */
function simplifyOrganisation(organisation: IDataObject): IDataObject {
	return {
		OrganisationID: organisation.OrganisationID,
		Name: organisation.Name,
		CountryCode: organisation.CountryCode,
		BaseCurrency: organisation.BaseCurrency,
		Timezone: organisation.Timezone,
		TaxNumber: organisation.TaxNumber,
		FinancialYearEndDay: organisation.FinancialYearEndDay,
		FinancialYearEndMonth: organisation.FinancialYearEndMonth,
		PeriodLockDate: organisation.PeriodLockDate,
		EndOfYearLockDate: organisation.EndOfYearLockDate,
	};
}
