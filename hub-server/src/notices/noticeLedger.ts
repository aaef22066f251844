import type { Kysely, Selectable } from 'kysely';
import { HUB } from '../alerts/raiseAlert';
import type { OpenAlert } from '../alerts/alertLedger';
import type { Clock } from '../clock';
import { inChunks } from '../database/inChunks';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { OPERATOR, type Notice } from './Notice';

/** A channel, and whose alerts it is told: those of one workspace, or of all. */
export interface Listener {
	readonly channelId: string;
	readonly workspaceId: string | 'all';
}

/**
 * What each channel was told and is to be told: each trouble once, then its end once, in that order.
 * At least once: what was sent and could not be written down is sent again, under the same id.
 */
export interface NoticeLedger {
	/** Writes down what is news to whom. Safe to do twice; one process at a time is enough. */
	compare(open: readonly OpenAlert[], listeners: readonly Listener[]): Promise<void>;
	/** What is to be told now, the workspaces by turns. */
	due(limit: number): Promise<Notice[]>;
	/** @param error why it was not told; undefined where it was */
	finish(notice: Pick<Notice, 'id' | 'what' | 'attempt'>, error: string | undefined): Promise<void>;
}

/** A trouble that is gone for less has not ended: an endpoint that is tried again comes and goes. */
const GONE_FOR_MS = 60_000;

/** Told to no channel more than so many at a time: what is beyond follows when they were taken. */
const MOST_WAITING = 100;

/** In all 21 hours; then the channel is given up for this notice, and its page says why. */
const RETRY_MS = [10_000, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000];

/** For the page of the channels; then nobody asks any more. */
const KEPT_MS = 30 * 24 * 3600_000;

export function createNoticeLedger(deps: {
	readonly db: Kysely<Tables>;
	readonly now: Clock;
}): NoticeLedger {
	const { db, now } = deps;

	return {
		async compare(open, listeners) {
			const at = now();
			const wanted = wantedNotices(open, listeners);
			const channels = new Set(listeners.map(({ channelId }) => channelId));
			const rows = await db
				.selectFrom('alert_notices')
				.select(['id', 'channel_id', 'alert_key', 'gone_at', 'raised_told_at', 'next_at'])
				.where('ended_at', 'is', null)
				.execute();
			const known = new Set(rows.map((row) => `${row.channel_id} ${row.alert_key}`));
			const waiting = new Map<string, number>();
			for (const row of rows) {
				if (row.next_at === null) continue;
				waiting.set(row.channel_id, (waiting.get(row.channel_id) ?? 0) + 1);
			}

			const fresh: Array<Promise<Tables['alert_notices']>> = [];
			for (const [name, { channelId, key, alert }] of wanted) {
				const count = waiting.get(channelId) ?? 0;
				if (known.has(name) || count >= MOST_WAITING) continue;
				waiting.set(channelId, count + 1);
				fresh.push(rowOf(channelId, key, alert, at));
			}
			for (const chunk of inChunks(await Promise.all(fresh))) {
				await db
					.insertInto('alert_notices')
					.values(chunk)
					.onConflict((conflict) => conflict.doNothing())
					.execute();
			}

			for (const row of rows) {
				const isThere = wanted.has(`${row.channel_id} ${row.alert_key}`);
				const isOver = !isThere && row.gone_at !== null && row.gone_at <= at - GONE_FOR_MS;
				const change = !channels.has(row.channel_id)
					? { ended_at: at, next_at: null }
					: isThere
						? row.gone_at !== null && { gone_at: null }
						: row.gone_at === null
							? { gone_at: at }
							: isOver && {
									ended_at: row.gone_at,
									// What was begun is told first; what was given up has no end to tell either.
									...(row.raised_told_at !== null && { attempt: 0, next_at: at }),
								};
				if (change === false) continue;
				await db.updateTable('alert_notices').set(change).where('id', '=', row.id).execute();
			}
			await db
				.deleteFrom('alert_notices')
				.where('ended_at', '<', at - KEPT_MS)
				.where('next_at', 'is', null)
				.execute();
		},

		async due(limit) {
			const rows = await db
				.selectFrom('alert_notices')
				.selectAll()
				.where('next_at', '<=', now())
				.orderBy('next_at')
				.limit(limit * LOOK_AHEAD)
				.execute();
			return byTurns(rows.map(toNotice)).slice(0, limit);
		},

		async finish({ id, what, attempt }, error) {
			const at = now();
			const told =
				what === 'raised'
					? { raised_told_at: at, attempt: 0, last_error: null }
					: { ended_told_at: at, next_at: null, last_error: null };
			const delay = RETRY_MS[attempt];
			const failed = {
				attempt: attempt + 1,
				next_at: delay === undefined ? null : at + delay,
				last_error: error ?? null,
			};
			await db
				.updateTable('alert_notices')
				.set(error === undefined ? told : failed)
				.$if(error === undefined && what === 'raised', (q) =>
					q.set((e) => ({
						next_at: e.case().when('ended_at', 'is', null).then(null).else(at).end(),
					})),
				)
				.where('id', '=', id)
				.execute();
		},
	};
}

/** So that one workspace with much to tell does not fill what is looked at. */
const LOOK_AHEAD = 10;

interface Wanted {
	readonly channelId: string;
	readonly key: string;
	readonly alert: OpenAlert;
}

/** By channel and trouble. What concerns the hub is raised in each workspace, and told the operator once. */
function wantedNotices(
	open: readonly OpenAlert[],
	listeners: readonly Listener[],
): ReadonlyMap<string, Wanted> {
	const wanted = new Map<string, Wanted>();
	for (const { channelId, workspaceId } of listeners) {
		for (const alert of open) {
			if (workspaceId !== 'all' && workspaceId !== alert.workspaceId) continue;
			const isHubWide = workspaceId === 'all' && alert.subject === HUB;
			const key = isHubWide ? `${alert.kind} ${HUB}` : alert.id;
			const name = `${channelId} ${key}`;
			if (!wanted.has(name)) wanted.set(name, { channelId, key, alert });
		}
	}
	return wanted;
}

async function rowOf(
	channelId: string,
	key: string,
	alert: OpenAlert,
	at: number,
): Promise<Tables['alert_notices']> {
	return {
		id: newId(at),
		workspace_id: alert.workspaceId,
		channel_id: channelId,
		alert_key: key,
		kind: alert.kind,
		subject: alert.subject,
		message: await alert.describe(),
		raised_at: alert.since,
		gone_at: null,
		ended_at: null,
		raised_told_at: null,
		ended_told_at: null,
		attempt: 0,
		next_at: at,
		last_error: null,
	};
}

function toNotice(row: Selectable<Tables['alert_notices']>): Notice {
	return {
		id: row.id,
		workspaceId: row.workspace_id,
		channelId: row.channel_id,
		what: row.raised_told_at === null ? 'raised' : 'ended',
		kind: row.kind,
		subject: row.subject,
		message: row.message,
		raisedAt: row.raised_at,
		endedAt: row.ended_at,
		attempt: row.attempt,
	};
}

/** The first of each channel, then the second of each, and so on. */
function byTurns(notices: readonly Notice[]): Notice[] {
	const turns = new Map<string, number>();
	return notices
		.map((notice) => {
			const whose = notice.channelId === OPERATOR ? OPERATOR : notice.workspaceId;
			const turn = turns.get(whose) ?? 0;
			turns.set(whose, turn + 1);
			return { notice, turn };
		})
		.sort((a, b) => a.turn - b.turn)
		.map(({ notice }) => notice);
}
