import type { AccountingCall, AccountingResource } from './AccountingResource';
import { envelope } from './envelope';
import { msDateTime, msDateTimeBare } from './xeroDate';

/** The path is singular, the collection plural. */
export const organisation: AccountingResource = {
	name: 'Organisation',
	scopes: ['accounting.settings'],
	routes: [
		{
			method: 'GET',
			path: '/Organisation',
			handle: (call) => envelope(call, 'Organisations', [present(call)]),
		},
		{
			method: 'GET',
			path: '/Organisations',
			handle: (call) => envelope(call, 'Organisations', [present(call)]),
		},
	],
};

function present({ organisation }: AccountingCall) {
	const { periodLockDateMs } = organisation;
	return {
		Name: organisation.name,
		BaseCurrency: organisation.baseCurrency,
		CountryCode: organisation.country,
		...organisation.fields,
		...(periodLockDateMs !== undefined && { PeriodLockDate: msDateTime(periodLockDateMs) }),
		CreatedDateUTC: msDateTimeBare(organisation.createdMs),
		OrganisationID: organisation.tenantId,
		Addresses: [],
		Phones: [],
		ExternalLinks: [],
		PaymentTerms: {},
	};
}
