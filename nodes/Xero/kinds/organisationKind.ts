import type { IDataObject } from 'n8n-workflow';

import type { RecordKind } from './RecordKind';

export const organisationKind: {
	readonly collection: Pick<RecordKind['collection'], 'idField'>;
	readonly simplify: RecordKind['simplify'];
} = {
	collection: { idField: 'OrganisationID' },
	simplify: simplifyOrganisation,
};

/** The ten fields that decide how its books are kept. */
function simplifyOrganisation(organisation: IDataObject): IDataObject {
	return {
		Name: organisation.Name,
		CountryCode: organisation.CountryCode,
		BaseCurrency: organisation.BaseCurrency,
		Timezone: organisation.Timezone,
		TaxNumber: organisation.TaxNumber,
		FinancialYearEndDay: organisation.FinancialYearEndDay,
		FinancialYearEndMonth: organisation.FinancialYearEndMonth,
		PeriodLockDate: organisation.PeriodLockDate,
		EndOfYearLockDate: organisation.EndOfYearLockDate,
		OrganisationID: organisation.OrganisationID,
	};
}
