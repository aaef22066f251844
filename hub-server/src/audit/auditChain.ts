import { createHash, createHmac } from 'node:crypto';

/** One change: who did what, and when. */
export interface AuditEntry extends AuditFacts {
	/** 1, 2, 3 … without a gap. */
	readonly seq: number;
	/** The hash of the entry before; empty for the first. */
	readonly previousHash: string;
	/** HMAC-SHA256 under the key that it names, in hex; SHA-256 where it names none. */
	readonly hash: string;
	/** Null: written by a version that had no keys for it. */
	readonly keyId: string | null;
}

export interface AuditFacts {
	/** Epoch milliseconds. */
	readonly at: number;
	/** An email address, or the kind of key that was shown. */
	readonly actor: string;
	/** The slug of the workspace it is about, if any. */
	readonly workspace: string | null;
	/** Such as `app_keys.saved`. */
	readonly action: string;
	/** Never holds a secret. */
	readonly detail: Readonly<Record<string, string>>;
}

/** What the log is chained under. */
export interface AuditKey {
	readonly id: string;
	readonly key: Buffer;
}

/** The newest keyed entry, as it was sealed beside the log. */
export interface AuditHead {
	readonly seq: number;
	readonly hash: string;
}

export type ChainVerdict =
	| {
			readonly intact: true;
			readonly entries: number;
			readonly lastHash: string;
			/** Written by versions that had no key: what followed on them is proven, they themselves since then. */
			readonly unkeyed: readonly AuditSegment[];
	  }
	| { readonly intact: false; readonly brokenAt: number; readonly reason: string };

/** Entries from one to another, both taken in. */
export interface AuditSegment {
	readonly from: number;
	readonly to: number;
}

/** The next link of the chain. */
export function chainEntry(
	last: Pick<AuditEntry, 'seq' | 'hash'> | undefined,
	facts: AuditFacts,
	key: AuditKey,
): AuditEntry {
	const seq = (last?.seq ?? 0) + 1;
	const previousHash = last?.hash ?? '';
	const keyId = key.id;
	return { ...facts, seq, previousHash, keyId, hash: keyedHash(seq, previousHash, facts, key) };
}

/**
 * Finds the first entry that was changed, removed, put in between or cut off at the end. Who can write to the
 * database has no key: neither the entries nor their hashes nor the head can be made anew. What remains
 * possible is to put a whole earlier state back, head included, and that only an export shows.
 *
 * @param entries from the first, in order
 * @param keyOf undefined for a key that is not here
 * @param head undefined where there is none; entries under a key cannot be without
 */
export async function verifyChain(
	entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
	keyOf: (id: string) => Buffer | undefined,
	head: AuditHead | undefined,
): Promise<ChainVerdict> {
	let seq = 0;
	let lastHash = '';
	let lastKeyed = 0;
	const unkeyed: AuditSegment[] = [];
	for await (const entry of entries) {
		seq += 1;
		if (entry.seq !== seq) return broken(seq, `entry ${seq} is missing`);
		if (entry.previousHash !== lastHash) return broken(seq, 'the entry before it was changed');
		if (entry.keyId === null) {
			if (entry.hash !== plainHash(seq, lastHash, entry)) return broken(seq, 'it was changed');
			const segment = unkeyed.at(-1);
			if (segment?.to === seq - 1) unkeyed[unkeyed.length - 1] = { ...segment, to: seq };
			else unkeyed.push({ from: seq, to: seq });
		} else {
			const key = keyOf(entry.keyId);
			if (key === undefined) return broken(seq, `the key ${entry.keyId} that it names is not here`);
			const expected = keyedHash(seq, lastHash, entry, { id: entry.keyId, key });
			if (entry.hash !== expected) return broken(seq, 'it was changed');
			lastKeyed = seq;
		}
		if (seq === head?.seq && entry.hash !== head.hash) {
			return broken(seq, 'it is not the one that was sealed as the last');
		}
		lastHash = entry.hash;
	}
	if (head === undefined && lastKeyed > 0) {
		return broken(lastKeyed + 1, 'what was sealed as the last entry is gone');
	}
	if (head !== undefined && head.seq > seq) {
		return broken(seq + 1, `entries up to ${head.seq} were cut off`);
	}
	if (head !== undefined && head.seq < lastKeyed) {
		return broken(head.seq + 1, 'an earlier seal of the last entry was put back');
	}
	return { intact: true, entries: seq, lastHash, unkeyed };
}

function broken(brokenAt: number, reason: string): ChainVerdict {
	return { intact: false, brokenAt, reason };
}

function keyedHash(seq: number, previousHash: string, facts: AuditFacts, { id, key }: AuditKey) {
	return createHmac('sha256', key)
		.update(JSON.stringify([id, ...partsOf(seq, previousHash, facts)]))
		.digest('hex');
}

function plainHash(seq: number, previousHash: string, facts: AuditFacts): string {
	return createHash('sha256')
		.update(JSON.stringify(partsOf(seq, previousHash, facts)))
		.digest('hex');
}

/** In an array: its order is fixed, whatever the order of an object's keys. */
function partsOf(seq: number, previousHash: string, facts: AuditFacts) {
	const { at, actor, workspace, action, detail } = facts;
	const pairs = Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1));
	return [seq, previousHash, at, actor, workspace, action, pairs];
}
