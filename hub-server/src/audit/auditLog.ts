import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Clock } from '../clock';
import type { Tables } from '../database/tables';
import { chainEntry, verifyChain, type AuditEntry, type ChainVerdict } from './auditChain';

export interface NewAuditEntry {
	readonly actor: string;
	readonly workspace?: string | undefined;
	readonly action: string;
	readonly detail?: Readonly<Record<string, string>>;
}

/** Who changed what, in an order that cannot be rewritten unnoticed. */
export interface AuditLog {
	/** Durable once resolved. */
	append(entry: NewAuditEntry): Promise<void>;
	/** Newest first. @param before only older ones */
	page(request: {
		readonly before?: number | undefined;
		readonly limit: number;
		readonly workspace?: string | undefined;
	}): Promise<AuditEntry[]>;
	/** From the first, in order; a few hundred at a time are in memory. */
	all(): AsyncGenerator<AuditEntry>;
	verify(): Promise<ChainVerdict>;
}

const CHUNK = 500;

/** Writers on PostgreSQL may meet at the same number; the loser takes the next. */
const TRIES = 20;

export function createAuditLog(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): AuditLog {
	const { db, now } = deps;

	async function* all(): AsyncGenerator<AuditEntry> {
		for (let after = 0; ;) {
			const rows = await db
				.selectFrom('audit_log')
				.selectAll()
				.where('seq', '>', after)
				.orderBy('seq')
				.limit(CHUNK)
				.execute();
			yield* rows.map(toEntry);
			const last = rows.at(-1);
			if (last === undefined) return;
			after = last.seq;
		}
	}

	return {
		all,
		async append(entry) {
			for (let tries = 1; ; tries += 1) {
				const isWritten = await db.transaction().execute((tx) => tryAppend(tx, entry, now()));
				if (isWritten) return;
				if (tries === TRIES) throw new Error('The audit log is written by too many at once.');
			}
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
		verify: () => verifyChain(all()),
	};
}

async function tryAppend(
	tx: Transaction<Tables>,
	{ actor, workspace, action, detail = {} }: NewAuditEntry,
	at: number,
): Promise<boolean> {
	const last = await tx
		.selectFrom('audit_log')
		.select(['seq', 'hash'])
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	const entry = chainEntry(last, {
		at,
		actor,
		workspace: workspace ?? null,
		action,
		detail,
	});
	const written = await tx
		.insertInto('audit_log')
		.values({
			seq: entry.seq,
			at,
			actor,
			workspace: entry.workspace,
			action,
			detail: JSON.stringify(detail),
			previous_hash: entry.previousHash,
			hash: entry.hash,
		})
		.onConflict((conflict) => conflict.column('seq').doNothing())
		.returning('seq')
		.executeTakeFirst();
	return written !== undefined;
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
	};
}
