/** Where a connect session sends the browser back to. */
export interface ReturnAddress {
	readonly url: string;
	/** Echoed as it came. */
	readonly state: string | undefined;
	readonly externalUserId: string | undefined;
}

/** How the session ended, as the customer's app is told. */
export type ReturnStatus = 'connected' | 'held' | 'replacement_waits' | 'cancelled' | 'failed';

/**
 * The whole origin must be one of those that the workspace allows: scheme, host and port. What a prefix
 * or a suffix of it would let through is how open redirects come about.
 *
 * @param origins as `URL.origin` writes them
 */
export function isAllowedReturn(url: string, origins: readonly string[]): boolean {
	if (!URL.canParse(url)) return false;
	const { origin, username, password } = new URL(url);
	// An opaque origin reads "null", whatever it is the origin of.
	return origin !== 'null' && origins.includes(origin) && username === '' && password === '';
}

/** @param tenantIds of the organisations that were chosen, as far as Xero told */
export function returnTo(
	{ url, state, externalUserId }: ReturnAddress,
	told: {
		readonly status: ReturnStatus;
		readonly reason?: string;
		readonly tenantIds?: readonly string[];
	},
): string {
	const target = new URL(url);
	const answers = {
		status: told.status,
		reason: told.reason,
		tenantId: told.tenantIds?.join(',') || undefined,
		externalUserId,
		state,
	};
	for (const [name, value] of Object.entries(answers)) {
		// One that stood in the address already must not pass for the hub's word.
		target.searchParams.delete(name);
		if (value !== undefined) target.searchParams.set(name, value);
	}
	return target.href;
}
