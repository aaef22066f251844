import { OrganisationNotAllowedError } from '../errors/keyErrors';

/** Which organisations of its workspace the key is for that was shown. */
export interface KeyOrganisations {
	/** Ids in lower case; undefined: all of the workspace. */
	readonly only: readonly string[] | undefined;
	/** @param tenantId in any case; null: of none, which is for keys of all only */
	has(tenantId: string | null): boolean;
	/** @throws OrganisationNotAllowedError */
	require(tenantId: string | null): void;
	/**
	 * For the filter of a list.
	 *
	 * @param asked the one that the caller wants to see, if any
	 * @throws OrganisationNotAllowedError where that is none of the key's
	 */
	narrow(asked?: string | null): { readonly tenantIds?: readonly string[] };
}

/** @param only undefined: all */
export function keyOrganisations(only: readonly string[] | undefined): KeyOrganisations {
	const ids = only?.map((id) => id.toLowerCase());
	const has = (tenantId: string | null) =>
		ids === undefined || (tenantId !== null && ids.includes(tenantId.toLowerCase()));
	function require(tenantId: string | null): void {
		if (has(tenantId)) return;
		throw new OrganisationNotAllowedError(
			tenantId === null ? 'no organisation' : 'another organisation',
		);
	}
	return {
		only: ids,
		has,
		require,
		narrow(asked) {
			if (asked !== undefined) require(asked);
			return ids === undefined ? {} : { tenantIds: ids };
		},
	};
}
