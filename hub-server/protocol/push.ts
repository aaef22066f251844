import type { XeroRecord } from './xero/XeroRecord';

/** What a push takes at most: records, and bytes of its body. */
export const PUSH_LIMITS = { records: 500, bytes: 5_000_000 } as const;

/** Body of `POST /api/v1/pushes`. */
export interface PushBody {
	readonly tenantId: string;
	readonly system: string;
	readonly entity: string;
	readonly records: readonly PushedRecord[];
	readonly codes?: string;
	readonly mode?: string;
	readonly policy?: string;
	readonly matchBy?: readonly string[];
	readonly rounding?: string;
	readonly dryRun?: boolean;
}

/** One record of the other system's, as a push asks for it. */
export interface PushedRecord {
	readonly externalId: string;
	/** In Xero's member names. Absent: unchanged; null clears. */
	readonly fields: XeroRecord;
	/** The other system's time of change, ISO 8601. */
	readonly modifiedAt?: string;
}

/** Answer of `POST` and `GET /api/v1/pushes…`. */
export interface PushView {
	readonly id: string;
	readonly status: 'running' | 'finished';
	readonly items?: readonly PushItemView[];
	/** Where the items come in several pages. */
	readonly nextCursor?: string | null;
}

/** What became of one record of a push. */
export interface PushItemView {
	readonly externalId: string;
	/** `synced`, `unchanged`, `warning`, `pending`, `unmapped`, `conflict`, `failed`, `skipped`, `undone`. */
	readonly state: string;
	readonly xeroId?: string | null;
	readonly message?: string | null;
	readonly nextStep?: string | null;
}
