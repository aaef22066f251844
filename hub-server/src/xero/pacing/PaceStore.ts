import type { OrgPace } from './orgPace';

/** Where the paces of all organisations and apps are kept, for one process or for all hubs on a ledger. */
export interface PaceStore {
	/**
	 * Changes one organisation's pace; no other change of it comes in between.
	 *
	 * @param change a pure function, called again when another process was faster; what it gives as
	 * `pace` is kept, and nothing is written where that is undefined
	 */
	update<Answer>(
		org: string,
		change: (pace: OrgPace) => { readonly pace?: OrgPace | undefined; readonly answer: Answer },
	): Promise<Answer>;
	/** Without those that nothing is known of. */
	read(orgs: readonly string[]): Promise<ReadonlyMap<string, OrgPace>>;
	/** How often to look for what other processes changed, in milliseconds; undefined: nobody does. */
	readonly pollMs: number | undefined;
}
