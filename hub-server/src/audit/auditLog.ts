import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { SealedTextError, type KeyRing } from '../secrets/keyRing';
import {
	chainEntry,
	verifyChain,
	type AuditEntry,
	type AuditHead,
	type ChainVerdict,
} from './auditChain';
import { createAuditKeys, type AuditStanding } from './auditKeys';

export interface NewAuditEntry {
	readonly actor: string;
	readonly workspace?: string | undefined;
	readonly action: string;
	readonly detail?: Readonly<Record<string, string>>;
}

/** Who changed what, in an order that cannot be rewritten unnoticed. */
export interface AuditLog {
	/** Durable once resolved. What a version without keys has written is sealed before, as one segment. */
	append(entry: NewAuditEntry): Promise<void>;
	/** Seals what a version without keys has written; nothing where there is none. Idempotent. */
	sealEarlier(): Promise<void>;
	/** Newest first. @param before only older ones */
	page(request: {
		readonly before?: number | undefined;
		readonly limit: number;
		readonly workspace?: string | undefined;
	}): Promise<AuditEntry[]>;
	/** From the first, in order, with its end as it was sealed; a few hundred entries at a time are in memory. */
	exportAll(): AsyncGenerator<AuditEntry | AuditExportEnd>;
	verify(): Promise<ChainVerdict>;
	/** What is written from now on is chained under a new key; the old ones stay for checking. */
	rotateKey(): Promise<void>;
}

/** The last line of an export. */
export interface AuditExportEnd {
	readonly head: AuditHead | null;
	/** What the entries are chained under, by id, each sealed with the hub's encryption keys. */
	readonly keys: Readonly<Record<string, string>>;
}

/** Who seals what was written before there were keys. */
const THE_HUB = 'the hub';

const CHUNK = 500;

/** Writers on PostgreSQL may meet at the same number; the loser takes the next. */
const TRIES = 20;

export function createAuditLog(deps: {
	readonly db: Kysely<Tables>;
	readonly keyRing: KeyRing;
	readonly now: Clock;
}): AuditLog {
	const { db, now } = deps;
	const keys = createAuditKeys(deps);

	async function* upTo(lastSeq: number): AsyncGenerator<AuditEntry> {
		for (let after = 0; ;) {
			const rows = await db
				.selectFrom('audit_log')
				.selectAll()
				.where('seq', '>', after)
				.where('seq', '<=', lastSeq)
				.orderBy('seq')
				.limit(CHUNK)
				.execute();
			yield* rows.map(toEntry);
			const last = rows.at(-1);
			if (last === undefined) return;
			after = last.seq;
		}
	}

	async function tryAppend(tx: Transaction<Tables>, entry: NewAuditEntry): Promise<boolean> {
		const { actor, workspace = null, action, detail = {} } = entry;
		const last = await lastOf(tx);
		const at = now();
		const key = await keys.current(tx);
		const next = chainEntry(last, { at, actor, workspace, action, detail }, key);
		const written = await tx
			.insertInto('audit_log')
			.values({
				...{ seq: next.seq, at, actor, workspace, action },
				detail: JSON.stringify(detail),
				previous_hash: next.previousHash,
				hash: next.hash,
				key_id: next.keyId,
			})
			.onConflict((conflict) => conflict.column('seq').doNothing())
			.returning('seq')
			.executeTakeFirst();
		if (written === undefined) return false;
		await keys.saveHead(tx, next);
		return true;
	}

	async function write(entry: NewAuditEntry): Promise<void> {
		for (let tries = 1; ; tries += 1) {
			const isWritten = await db.transaction().execute((tx) => tryAppend(tx, entry));
			if (isWritten) return;
			if (tries === TRIES) throw new Error('The audit log is written by too many at once.');
		}
	}

	async function verify(): Promise<ChainVerdict> {
		let known: ReadonlyMap<string, Buffer>;
		let standing: AuditStanding;
		try {
			[standing, known] = [await keys.standing(), await keys.all()];
		} catch (cause) {
			if (!(cause instanceof SealedTextError)) throw cause;
			return {
				intact: false,
				brokenAt: 1,
				reason: `a seal beside the log is broken (${cause.message})`,
			};
		}
		const { lastSeq, head } = standing;
		return await verifyChain(upTo(lastSeq), (id) => known.get(id), head);
	}

	/** Two hubs may both do it: the second segment is then the first one's seal. */
	async function sealEarlier(): Promise<void> {
		const last = await lastOf(db);
		if (last === undefined || last.key_id !== null) return;
		const verdict = await verify();
		await write({
			actor: THE_HUB,
			action: 'audit.earlier_entries_sealed',
			detail: {
				up_to: String(last.seq),
				last_hash: last.hash,
				found: verdict.intact
					? 'as they were written'
					: `entry ${verdict.brokenAt}: ${verdict.reason}`,
			},
		});
	}

	return {
		async *exportAll() {
			const { lastSeq, head } = await keys.standing();
			yield* upTo(lastSeq);
			yield { head: head ?? null, keys: Object.fromEntries(await keys.allSealed()) };
		},
		sealEarlier,
		rotateKey: () => keys.rotate(),
		async append(entry) {
			await sealEarlier();
			await write(entry);
		},
		async page({ before, limit, workspace }) {
			const rows = await db
				.selectFrom('audit_log')
				.selectAll()
				.$if(before !== undefined, (q) => q.where('seq', '<', before as number))
				.$if(workspace !== undefined, (q) => q.where('workspace', '=', workspace as string))
				.orderBy('seq', 'desc')
				.limit(limit)
				.execute();
			return rows.map(toEntry);
		},
		verify,
	};
}

async function lastOf(db: Kysely<Tables>) {
	return await db
		.selectFrom('audit_log')
		.select(['seq', 'hash', 'key_id'])
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
}

function toEntry(row: Selectable<Tables['audit_log']>): AuditEntry {
	return {
		seq: row.seq,
		at: row.at,
		actor: row.actor,
		workspace: row.workspace,
		action: row.action,
		detail: JSON.parse(row.detail) as Record<string, string>,
		previousHash: row.previous_hash,
		hash: row.hash,
		keyId: row.key_id,
	};
}
