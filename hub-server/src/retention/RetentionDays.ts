/** How long what is finished is kept, in days; `loadConfig` holds their bounds. */
export interface RetentionDays {
	/** Payloads of Xero's, records and attempts. */
	readonly payloads: number;
	/** Events and their deliveries; at least as long as payloads. */
	readonly events: number;
}

export const DAY_MS = 24 * 3600_000;
