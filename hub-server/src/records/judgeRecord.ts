import type { FoundRecord } from './FoundRecord';

/** What is known of a record from before. */
export interface KnownRecord {
	readonly version: string;
	readonly updatedAt: number | null;
	/** Null while it was only read in another shape than the list's. */
	readonly hash: string | null;
	readonly isDeleted: boolean;
}

/**
 * `created`: it was not known; `updated`: another version; `older`: a version before the known one;
 * `same`: the known one.
 */
export type Judgement =
	| { readonly kind: 'created' | 'updated'; readonly version: string }
	| { readonly kind: 'same' | 'older' };

/**
 * What a record that was read just now is to what was known of it. Its version is Xero's time of change;
 * where Xero tells none it is the hash, and where only the content differs, both.
 */
export function judgeRecord(known: KnownRecord | undefined, found: FoundRecord): Judgement {
	const version = found.updatedAt === null ? (found.hash ?? '') : String(found.updatedAt);
	if (known === undefined || known.isDeleted) return { kind: 'created', version };
	if (found.updatedAt !== null && known.updatedAt !== null && found.updatedAt !== known.updatedAt) {
		return found.updatedAt > known.updatedAt ? { kind: 'updated', version } : { kind: 'older' };
	}
	if (found.hash === null || known.hash === null || found.hash === known.hash) {
		return { kind: 'same' };
	}
	const silent = found.updatedAt === null ? version : `${version}-${found.hash}`;
	return { kind: 'updated', version: silent };
}
