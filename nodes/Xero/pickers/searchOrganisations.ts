import { matching } from './matching';
import { organisationsForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';

export const searchOrganisations: SearchMethod = async function (filter) {
	const organisations = await organisationsForPicker(this);
	return {
		results: matching(
			organisations.map(({ tenantId, name }) => ({ name, value: tenantId })),
			filter,
		),
	};
};
