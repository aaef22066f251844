import type { MappingKind, PushItemState, SyncWait } from '../database/tables';
import type { LinkedEntity } from '../links/Link';
import type { XeroRecord } from '../../protocol/xero';

/** Whose word counts where both sides changed one member. `ask`: a person's. */
export type PushPolicy = 'xero' | 'external' | 'latest' | 'ask';

/** What is done where Xero's total is not the other system's: Xero rounds the tax of each line. */
export type RoundingPolicy = 'warn' | 'tax' | 'line' | 'refuse';

/** How a push is to be done. */
export interface PushOptions {
	/** `mapped`: codes are keys of mappings; `xero`: they are Xero's. */
	readonly codes: 'mapped' | 'xero';
	readonly mode: 'upsert' | 'create' | 'update';
	readonly policy: PushPolicy;
	/** Members by which a record that has no link is looked for in Xero before it is made. */
	readonly matchBy: readonly string[];
	readonly rounding: RoundingPolicy;
}

/** A record of the other system's. */
export interface PushRecord {
	readonly externalId: string;
	/** In Xero's member names. Absent: unchanged; null clears. */
	readonly fields: XeroRecord;
	/** The other system's time of change, epoch milliseconds. */
	readonly modifiedAt: number | null;
}

/** Records in one push. */
export const MOST_PUSHED = 500;

export interface PushWish extends PushOptions {
	readonly tenantId: string;
	readonly system: string;
	readonly entity: LinkedEntity;
	readonly records: readonly PushRecord[];
	readonly dryRun: boolean;
}

/** What became of one record, with what to do next where something is to be done. */
export interface PushItem {
	readonly externalId: string;
	readonly state: PushItemState;
	readonly xeroId: string | null;
	readonly change: 'created' | 'updated' | 'deleted' | null;
	readonly message: string | null;
	readonly nextStep: string | null;
	readonly attempt: number;
	readonly detail: PushItemDetail | null;
}

/** What a person wants to see of it. */
export interface PushItemDetail {
	/** What nobody has mapped. */
	readonly unmapped?: ReadonlyArray<{ readonly kind: MappingKind; readonly key: string }>;
	/** Members that both sides changed. */
	readonly conflicts?: readonly FieldConflict[];
	/** Of a dry run: what a push would do. */
	readonly would?: 'create' | 'update';
	/** Of a dry run: what would be sent. */
	readonly resolved?: XeroRecord;
	/** Xero's totals, computed before the first call, beside the other system's where it says any. */
	readonly totals?: {
		readonly subTotal: string;
		readonly totalTax: string;
		readonly total: string;
		readonly externalTotal: string | null;
	};
}

export interface FieldConflict {
	readonly member: string;
	/** What was agreed last; absent where nothing was. */
	readonly base?: unknown;
	readonly xero: unknown;
	readonly external: unknown;
}

/** Records on their way to Xero, or back out of it. */
export interface Push {
	readonly id: string;
	readonly kind: 'push' | 'undo';
	/** The push that an undo undoes. */
	readonly undoOf: string | null;
	readonly tenantId: string;
	readonly system: string;
	readonly entity: LinkedEntity;
	readonly options: PushOptions;
	readonly dryRun: boolean;
	readonly status: 'running' | 'finished';
	readonly waitingFor: SyncWait | null;
	/** Why it does not go on now, and what to do; null while it does. */
	readonly error: string | null;
	/** When it goes on, epoch milliseconds; null once it has finished. */
	readonly resumesAt: number | null;
	/** Of Xero's, so far. */
	readonly calls: number;
	/** Who asked, as the caller named itself. */
	readonly cause: { readonly workflow: string | null; readonly node: string | null };
	/** How many records are in each state. */
	readonly counts: Readonly<Partial<Record<PushItemState, number>>>;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	readonly finishedAt: number | null;
}
