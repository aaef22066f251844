import type { OrgPace } from './orgPace';

/**
 * Where the paces of all organisations and apps are kept, for one process or for all hubs on a ledger.
 * Their times are on the store's own clock, in milliseconds: those who share paces may have clocks that
 * differ, or are set while calls wait.
 */
export interface PaceStore {
	/**
	 * Changes one organisation's pace; no other change of it comes in between.
	 *
	 * @param change a pure function of the pace and the store's time, called again when another process
	 * was faster; what it gives as `pace` is kept, and nothing is written where that is undefined
	 */
	update<Answer>(
		org: string,
		change: (
			pace: OrgPace,
			now: number,
		) => { readonly pace?: OrgPace | undefined; readonly answer: Answer },
	): Promise<Answer>;
	/** Without those that nothing is known of; `now` is the store's time. */
	read(
		orgs: readonly string[],
	): Promise<{ readonly paces: ReadonlyMap<string, OrgPace>; readonly now: number }>;
	/** How often to look for what other processes changed, in milliseconds; undefined: nobody does. */
	readonly pollMs: number | undefined;
}
