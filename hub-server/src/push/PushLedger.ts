import type { PushItemState, SyncWait } from '../database/tables';
import type { SlotLimits } from '../relay/shareSlots';
import type { XeroRecord } from '../../protocol/xero';
import type { Push, PushItem, PushItemDetail } from './Push';

/** A push that one process works on; what it writes counts while the lease is its own. */
export interface ClaimedPush {
	readonly workspaceId: string;
	readonly leaseId: string;
	readonly push: Push;
	/** How often in a row Xero was in trouble. */
	readonly failures: number;
}

/** A record on which something is to be done now. */
export interface DueItem {
	readonly position: number;
	readonly externalId: string;
	readonly fields: XeroRecord;
	readonly modifiedAt: number | null;
	readonly resolution: 'xero' | 'external' | null;
	readonly attempt: number;
	/** When a create of it was sent whose answer is not known; null otherwise. */
	readonly sentAt: number | null;
	readonly xeroId: string | null;
	readonly change: PushItem['change'];
	readonly previous: XeroRecord | null;
}

/** What became of one record. */
export interface ItemOutcome {
	readonly position: number;
	readonly state: PushItemState;
	readonly xeroId?: string | null | undefined;
	readonly change?: PushItem['change'] | undefined;
	readonly message?: string | null | undefined;
	readonly nextStep?: string | null | undefined;
	readonly detail?: PushItemDetail | null | undefined;
	/** What Xero held before, of the members that were written. */
	readonly previous?: XeroRecord | null | undefined;
	/** Of one that is pending: how long it waits, in milliseconds. */
	readonly afterMs?: number | undefined;
}

/** Which pushes are due, and what becomes of their records. */
export interface PushLedger {
	/**
	 * Takes one due push of each organisation whose turn it is, shared by workspace as `shareSlots` says. Of one
	 * organisation no two are taken at a time, whatever process takes them.
	 */
	claim(options: {
		readonly leaseMs: number;
		readonly slots: Omit<SlotLimits, 'perQueue'>;
	}): Promise<ClaimedPush[]>;
	/** Keeps the lease for another while. @returns false where it is another's now, or nobody's */
	keep(claimed: ClaimedPush, leaseMs: number): Promise<boolean>;
	/**
	 * Those whose time has come, in order.
	 *
	 * @param after the position behind which they stand; absent: from the first
	 */
	due(claimed: ClaimedPush, limit: number, after?: number): Promise<DueItem[]>;
	/**
	 * What later pushes have asked for of records.
	 *
	 * @returns in the order asked; undefined where it is not kept any more
	 */
	askedIn(
		claimed: ClaimedPush,
		records: ReadonlyArray<{ readonly pushId: string; readonly externalId: string }>,
	): Promise<ReadonlyArray<XeroRecord | undefined>>;
	/**
	 * Which records of the system other pushes to the organisation are still to settle.
	 *
	 * @returns `<entity> <external id>`
	 */
	underWay(claimed: ClaimedPush, externalIds: readonly string[]): Promise<ReadonlySet<string>>;
	/** Before creates leave, and where they could not. @throws LostLeaseError, and nothing is written */
	markSent(claimed: ClaimedPush, positions: readonly number[], isSent: boolean): Promise<void>;
	/**
	 * Durable once resolved. What an undo has undone is so in the push that it undoes, too.
	 *
	 * @throws LostLeaseError, and nothing is written
	 */
	save(claimed: ClaimedPush, outcomes: readonly ItemOutcome[]): Promise<void>;
	/**
	 * Gives the push back: it has finished where nothing is pending, and goes on when the next of its records is due,
	 * or once what it waits for has passed. A lost lease changes nothing.
	 */
	giveBack(
		claimed: ClaimedPush,
		turn: {
			/** Of Xero's. */
			readonly calls: number;
			readonly wait?:
				| { readonly waitingFor: SyncWait | null; readonly afterMs: number; readonly error: string }
				| undefined;
		},
	): Promise<void>;
}

/** Another process works on the push. */
export class LostLeaseError extends Error {}
