import { sql, type Kysely } from 'kysely';
import type { Clock } from '../clock';
import { isUniqueViolation } from '../database/isUniqueViolation';
import type { LinkState, Tables } from '../database/tables';
import { recordId } from '../records/FoundRecord';
import { judgeLinked, RESET_REASON } from './judgeLinked';
import { isLinkedEntity } from './readLinkRows';

/** Links that a step looks at. */
const LINKS_A_STEP = 1_000;

/** What became of links since they were looked at last. */
export interface LinkNews {
	readonly broken: number;
	readonly healed: number;
	/** Of a contact that was merged into another: linked to that one now. */
	readonly followed: number;
	/** Give it back for the next step; null when all links have been looked at. */
	readonly after: string | null;
}

/**
 * Holds a part of all links against what is known of their records: one whose record is archived, voided, deleted, gone or
 * erased breaks, and heals when the record comes back; a contact that was merged is followed into the one it became,
 * where that has no link of the same system. Looking again changes nothing, so that nothing is lost by a crash,
 * a restore, or two hubs that look at the same time.
 *
 * @param after of the step before; empty for the first links
 */
export type KeepLinks = (after: string) => Promise<LinkNews>;

export function createKeepLinks(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): KeepLinks {
	const { db, now } = deps;

	return async function keepLinks(after) {
		const last = await db
			.selectFrom('links')
			.select('id')
			.where('id', '>', after)
			.orderBy('id')
			.offset(LINKS_A_STEP - 1)
			.limit(1)
			.executeTakeFirst();
		const rows = await suspects(db, after, last?.id);
		const news = { broken: 0, healed: 0, followed: 0 };
		for (const row of rows) {
			const change = await changeOf(row);
			if (change === undefined) continue;
			if (change.state === 'broken') news.broken += 1;
			else if ('xero_id' in change) news.followed += 1;
			else news.healed += 1;
		}
		return { ...news, after: last?.id ?? null };
	};

	async function changeOf(row: Suspect) {
		const { mergedInto } = standingOf(row);
		if (mergedInto !== null && row.entity === 'contact' && row.xero_id !== null) {
			const followed = { xero_id: recordId(mergedInto), state: 'linked' as const, reason: null };
			if (recordId(mergedInto) !== row.xero_id && (await write(row, followed))) return followed;
		}
		const reason = reasonOf(row);
		if (reason === undefined) {
			// What a push broke heals once its record was read again since, and is well.
			if (row.state !== 'broken' || (row.seen_at ?? 0) <= row.updated_at) return undefined;
			const healed = { state: 'linked' as const, reason: null };
			return (await write(row, healed)) ? healed : undefined;
		}
		if (row.state === 'broken' && row.reason === reason) return undefined;
		const broken = { state: 'broken' as const, reason };
		return (await write(row, broken)) ? broken : undefined;
	}

	/** @returns whether it was written: the link is as it was seen, and nothing else has the record */
	async function write(
		row: Suspect,
		change: {
			readonly xero_id?: string;
			readonly state: LinkState;
			readonly reason: string | null;
		},
	): Promise<boolean> {
		try {
			const { numUpdatedRows } = await db
				.updateTable('links')
				.set({
					...change,
					// What was agreed on of the merged contact says nothing of the one it became.
					...(change.xero_id !== undefined && { base: null, pushed_hash: null }),
					updated_at: now(),
				})
				.where('id', '=', row.id)
				.where('updated_at', '=', row.updated_at)
				.executeTakeFirst();
			return numUpdatedRows > 0n;
		} catch (cause) {
			if (isUniqueViolation(cause)) return false;
			throw cause;
		}
	}
}

/** Those of which something may be to be done; by the keys of both tables. */
async function suspects(db: Kysely<Tables>, after: string, until: string | undefined) {
	return db
		.selectFrom('links as l')
		.innerJoin('connections as c', (join) =>
			join.onRef('c.workspace_id', '=', 'l.workspace_id').onRef('c.tenant_id', '=', 'l.tenant_id'),
		)
		.leftJoin('record_states as s', (join) =>
			join
				.onRef('s.workspace_id', '=', 'l.workspace_id')
				.onRef('s.tenant_id', '=', 'l.tenant_id')
				.on(sql<boolean>`s.entity = case l.entity when 'bill' then 'invoice' else l.entity end`)
				.onRef('s.xero_id', '=', 'l.xero_id')
				.on(sql<boolean>`s.epoch = coalesce(c.record_epoch, c.id)`),
		)
		.select(['l.id', 'l.entity', 'l.xero_id', 'l.state', 'l.reason', 'l.updated_at'])
		.select(['s.standing', 's.deleted_at', 's.seen_at', 'c.record_epoch'])
		.where('l.id', '>', after)
		.$if(until !== undefined, (query) => query.where('l.id', '<=', until ?? ''))
		.where('l.xero_id', 'is not', null)
		.where((e) =>
			e.or([
				e('l.state', '=', 'broken'),
				e('s.deleted_at', 'is not', null),
				e('s.status', 'in', UNUSABLE),
				e.and([e('s.xero_id', 'is', null), e('c.record_epoch', 'is not', null)]),
			]),
		)
		.orderBy('l.id')
		.execute();
}

const UNUSABLE = ['ARCHIVED', 'VOIDED', 'DELETED', 'GDPRREQUEST'];

type Suspect = Awaited<ReturnType<typeof suspects>>[number];

/** @returns undefined where it can be used, or nothing is known of it */
function reasonOf(row: Suspect): string | undefined {
	if (row.seen_at === null) {
		// An epoch's id tells when it began: what was linked since is of it.
		const { record_epoch: epoch } = row;
		return epoch !== null && row.updated_at < epochStart(epoch) && row.state === 'linked'
			? RESET_REASON
			: (row.reason ?? undefined);
	}
	return isLinkedEntity(row.entity) ? judgeLinked(row.entity, standingOf(row)) : undefined;
}

/** When an epoch of an organisation that was reset began: its id is a UUIDv7 (RFC 9562 §5.7). */
function epochStart(epoch: string): number {
	return Number.parseInt(epoch.slice(0, 8) + epoch.slice(9, 13), 16);
}

function standingOf({ standing, deleted_at }: Suspect) {
	const known = JSON.parse(standing ?? 'null') as Partial<
		Record<'status' | 'mergedInto', string | null>
	> | null;
	return {
		status: known?.status ?? null,
		mergedInto: known?.mergedInto ?? null,
		isDeleted: deleted_at !== null,
	};
}
