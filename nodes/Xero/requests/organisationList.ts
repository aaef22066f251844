import { ORGANISATION_PATH, ORGANISATION_SCOPE, ORGANISATIONS } from './organisationAddress';
import type { XeroCollection } from './XeroCollection';

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
