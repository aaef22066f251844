import type { IDataObject } from 'n8n-workflow';

import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { getOptions } from '../fields/readOptions';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { present } from '../shared/present';
import { readCollection } from '../shared/readCollection';
import { readFlag } from '../shared/readFlag';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { ORGANISATION_PATH, ORGANISATION_SCOPE, ORGANISATIONS } from './organisationAddress';

export const description = showFor('organisation', ['get'], [getOptions]);

export const request = singleCall('GET', ORGANISATION_PATH);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: ORGANISATION_SCOPE,
		build: () => success({ method: 'GET', path: ORGANISATION_PATH }),
		read: (answer, item) =>
			done(
				...(readCollection(answer, ORGANISATIONS)?.records ?? []).map((record) =>
					present(record, {
						raw: readFlag(run, 'options', 'raw', item),
						simplify: readFlag(run, 'options', 'simplify', item) ? simplifyOrganisation : undefined,
					}),
				),
			),
	});

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
