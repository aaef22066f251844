import { createHash } from 'node:crypto';

/** One change: who did what, and when. */
export interface AuditEntry extends AuditFacts {
	/** 1, 2, 3 … without a gap. */
	readonly seq: number;
	/** The hash of the entry before; empty for the first. */
	readonly previousHash: string;
	readonly hash: string;
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

export type ChainVerdict =
	| { readonly intact: true; readonly entries: number; readonly lastHash: string }
	| { readonly intact: false; readonly brokenAt: number; readonly reason: string };

/** The next link of the chain. */
export function chainEntry(last: Pick<AuditEntry, 'seq' | 'hash'> | undefined, facts: AuditFacts) {
	const seq = (last?.seq ?? 0) + 1;
	const previousHash = last?.hash ?? '';
	return { ...facts, seq, previousHash, hash: hashOf(seq, previousHash, facts) };
}

/**
 * Finds the first entry that was changed, removed or put in between. Entries cut off at the end
 * leave an intact, shorter chain: compare `lastHash` with one that was exported before.
 *
 * @param entries from the first, in order
 */
export async function verifyChain(
	entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
): Promise<ChainVerdict> {
	let seq = 0;
	let lastHash = '';
	for await (const entry of entries) {
		seq += 1;
		if (entry.seq !== seq) return broken(seq, `entry ${seq} is missing`);
		if (entry.previousHash !== lastHash) return broken(seq, 'the entry before it was changed');
		if (entry.hash !== hashOf(seq, lastHash, entry)) return broken(seq, 'it was changed');
		lastHash = entry.hash;
	}
	return { intact: true, entries: seq, lastHash };
}

function broken(brokenAt: number, reason: string): ChainVerdict {
	return { intact: false, brokenAt, reason };
}

/** Over an array: its order is fixed, whatever the order of an object's keys. */
function hashOf(seq: number, previousHash: string, facts: AuditFacts): string {
	const { at, actor, workspace, action, detail } = facts;
	const pairs = Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256')
		.update(JSON.stringify([seq, previousHash, at, actor, workspace, action, pairs]))
		.digest('hex');
}
