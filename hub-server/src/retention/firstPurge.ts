import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { endAlert } from '../alerts/endAlert';
import { raiseAlert } from '../alerts/raiseAlert';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';
import { DAY_MS, type RetentionDays } from './RetentionDays';

/** Between the alert that says what will go and the first purge. */
export const NOTICE_MS = 7 * DAY_MS;

export const FIRST_PURGE = 'first_purge_planned';

/**
 * A ledger of a version that kept everything is purged only when its people were told a week before,
 * with counts; one that began with this version, or was told, at once.
 */
export interface FirstPurge {
	/**
	 * Tells of what will go as soon as there is something to tell, and ends the alerts when the time has
	 * come. @returns whether to purge now
	 */
	isDue(now: number): Promise<boolean>;
}

export function createFirstPurge(deps: {
	readonly db: Kysely<Tables>;
	readonly days: RetentionDays;
}): FirstPurge {
	const { db, days } = deps;
	let isOver = false;

	async function tell(now: number): Promise<void> {
		const at = now + NOTICE_MS;
		const counts = await countOld(db, days, at);
		if (counts.size === 0) return;
		await db.transaction().execute(async (tx) => {
			for (const [workspaceId, count] of counts) {
				const message = messageOf(count, days, at);
				await raiseAlert(
					tx,
					{ workspaceId, kind: FIRST_PURGE, subject: workspaceId, message },
					now,
				);
			}
			await tx.updateTable('first_purge').set({ due_at: at }).execute();
		});
	}

	return {
		async isDue(now) {
			if (isOver) return true;
			const row = await db.selectFrom('first_purge').select('due_at').executeTakeFirst();
			if (row?.due_at === null) {
				await tell(now);
				return false;
			}
			if (row !== undefined && now < row.due_at) return false;
			await db.transaction().execute(async (tx) => {
				await tx.deleteFrom('first_purge').execute();
				await endAlert(tx, { kind: FIRST_PURGE }, now);
			});
			isOver = true;
			return true;
		},
	};
}

interface OldRows {
	payloads: number;
	events: number;
}

const ROWS_A_LOOK = 500;

/** Counts in small looks, so that nobody waits for it; by workspace. */
async function countOld(
	db: Kysely<Tables>,
	days: RetentionDays,
	at: number,
): Promise<ReadonlyMap<string, OldRows>> {
	const counts = new Map<string, OldRows>();
	const count = (workspaceId: string, what: keyof OldRows) => {
		const known = counts.get(workspaceId) ?? { payloads: 0, events: 0 };
		known[what] += 1;
		counts.set(workspaceId, known);
	};

	let payload = 0;
	for (let isEnd = false; !isEnd; await pause(1)) {
		const seen = await db
			.selectFrom('payloads')
			.select(['id', 'workspace_id', 'received_at'])
			.where('id', '>', payload)
			.orderBy('id')
			.limit(ROWS_A_LOOK)
			.execute();
		const old = seen.filter((row) => row.received_at < at - days.payloads * DAY_MS);
		for (const row of old) count(row.workspace_id, 'payloads');
		payload = old.at(-1)?.id ?? payload;
		isEnd = old.length < ROWS_A_LOOK;
	}

	let event = '';
	for (let isEnd = false; !isEnd; await pause(1)) {
		const old = await db
			.selectFrom('events')
			.select(['id', 'workspace_id'])
			.where('id', '>', event)
			.where('id', '<', firstIdAt(at - days.events * DAY_MS))
			.orderBy('id')
			.limit(ROWS_A_LOOK)
			.execute();
		for (const row of old) count(row.workspace_id, 'events');
		event = old.at(-1)?.id ?? event;
		isEnd = old.length < ROWS_A_LOOK;
	}
	return counts;
}

function messageOf({ payloads, events }: OldRows, days: RetentionDays, at: number): string {
	const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
	const count = (number: number) => new Intl.NumberFormat('en-GB').format(number);
	return (
		`This version of the hub deletes what is old, for the first time on ${day}: ` +
		`${count(payloads)} payloads of Xero's with their records and attempts, older than ${days.payloads} days, ` +
		`and ${count(events)} events with their deliveries, older than ${days.events} days. What still waits for ` +
		'a workflow stays. To keep more, the operator sets HUB_KEEP_PAYLOAD_DAYS and HUB_KEEP_EVENT_DAYS before then.'
	);
}
