/** One value to be mapped, and where it stands, for people. */
export interface WantedValueBody {
	readonly kind:
		'account' | 'tax_rate' | 'item' | 'tracking' | 'contact' | 'payment_account' | 'currency';
	readonly key: string;
	readonly direction?: 'sales' | 'purchases';
	readonly where?: string;
}

/** Body of `POST /api/v1/mappings/{tenantId}/resolve`. */
export interface ResolveBody {
	readonly system: string;
	readonly values: readonly WantedValueBody[];
}

/** What became of one value, in the order of the question. */
export interface ResolvedValueView {
	readonly state: 'ok' | 'unmapped' | 'broken';
	/** Text such as a code, an id or a TaxType; of tracking its category and option. */
	readonly value?: string | { readonly category: string; readonly option: string };
	/** Why it is broken, and what to do. */
	readonly reason?: string;
}
