import type { XeroCollection } from './XeroCollection';
import { ORGANISATION_PATH, ORGANISATION_SCOPE, ORGANISATIONS } from './organisationAddress';

/** The list that an organisation stands in, alone. */
export const organisationList: XeroCollection = {
	name: ORGANISATIONS,
	path: ORGANISATION_PATH,
	idField: 'OrganisationID',
	label: 'organisation',
	scope: ORGANISATION_SCOPE,
	query: {},
	paging: 'none',
};
