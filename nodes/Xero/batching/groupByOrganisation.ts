import { groupBy } from './groupBy';

export interface OrganisationGroup<T> {
	readonly tenantId: string;
	readonly members: readonly T[];
}

/** One group for each organisation, in order of first appearance; order inside a group is kept. */
export function groupByOrganisation<T extends { readonly tenantId: string }>(
	elements: readonly T[],
): Array<OrganisationGroup<T>> {
	return groupBy(elements, ({ tenantId }) => tenantId).map(({ key, members }) => ({
		tenantId: key,
		members,
	}));
}
