export interface OrganisationGroup<T> {
	readonly tenantId: string;
	readonly members: readonly T[];
}

/** One group for each organisation, in order of first appearance; order inside a group is kept. */
export function groupByOrganisation<T extends { readonly tenantId: string }>(
	elements: readonly T[],
): Array<OrganisationGroup<T>> {
	const groups = new Map<string, T[]>();
	for (const element of elements) {
		const members = groups.get(element.tenantId);
		if (members === undefined) groups.set(element.tenantId, [element]);
		else members.push(element);
	}
	return [...groups].map(([tenantId, members]) => ({ tenantId, members }));
}
