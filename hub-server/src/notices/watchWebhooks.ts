import type { Kysely } from 'kysely';
import { endAlert } from '../alerts/endAlert';
import { raiseAlert } from '../alerts/raiseAlert';
import { firstIdAt } from '../database/newId';
import type { Tables } from '../database/tables';
import { lastWebhookAt } from '../gaps/lastWebhookAt';
import { noteGap } from '../gaps/noteGap';
import type { ConnectionRows } from '../xero/connections/connectionRows';

export const WEBHOOK_SILENT = 'webhook_silent';

const DAY_MS = 24 * 3600_000;

/** Longer than a weekend with a holiday at one of its ends. */
const SILENT_DAYS = 4;

/** Events on so many of the days before: a workspace that is used now and then is not silent. */
const USED_TO_DAYS = 7;
const LOOK_BACK_DAYS = 14;

/**
 * Xero switches webhooks off that it could not deliver for 24 hours, and tells nobody: who used to get
 * some nearly every day and gets none any more is told. Once a day while it lasts the time since is a gap.
 *
 * @param now epoch milliseconds
 */
export async function watchWebhooks(
	deps: {
		readonly db: Kysely<Tables>;
		readonly connections: Pick<ConnectionRows, 'list'>;
	},
	now: number,
): Promise<void> {
	const { db, connections } = deps;
	const workspaces = await db
		.selectFrom('app_keys')
		.select('workspace_id')
		.where('handshake_at', 'is not', null)
		.execute();
	for (const { workspace_id: workspaceId } of workspaces) {
		const held = await connections.list(workspaceId);
		const isConnected = held.some(({ enabled, status }) => enabled && status === 'active');
		const last = isConnected ? await lastWebhookAt(db, workspaceId) : undefined;
		if (last === undefined || last > now - SILENT_DAYS * DAY_MS) {
			await endAlert(db, { kind: WEBHOOK_SILENT, workspaceId }, now);
		} else if ((await daysWithEvents(db, workspaceId, last)) >= USED_TO_DAYS) {
			const message =
				`Xero has sent no webhook since ${new Date(last).toISOString()}, and used to nearly every day. It ` +
				'switches webhooks off that could not be delivered for a day. Open your app at developer.xero.com, ' +
				"see whether its webhooks are on, and press Send 'Intent to receive'.";
			const alert = { workspaceId, kind: WEBHOOK_SILENT, subject: workspaceId, message };
			await raiseAlert(db, alert, now);
			if (!(await hasGapOfToday(db, workspaceId, now))) {
				const receiver = { workspaceId };
				await noteGap(db, { kind: 'disabled', from: last, until: now, receiver }, now);
			}
		}
	}
}

async function hasGapOfToday(
	db: Kysely<Tables>,
	workspaceId: string,
	now: number,
): Promise<boolean> {
	const gap = await db
		.selectFrom('gaps')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('kind', '=', 'disabled')
		.where('until_at', '>', now - DAY_MS)
		.limit(1)
		.executeTakeFirst();
	return gap !== undefined;
}

/** Of the days that end with the last event; each is one look into an index. */
async function daysWithEvents(
	db: Kysely<Tables>,
	workspaceId: string,
	last: number,
): Promise<number> {
	let days = 0;
	for (let day = 0; day < LOOK_BACK_DAYS; day += 1) {
		const until = last + 1 - day * DAY_MS;
		const row = await db
			.selectFrom('events')
			.select('id')
			.where('workspace_id', '=', workspaceId)
			.where('id', '>=', firstIdAt(until - DAY_MS))
			// Ids are made when an event is routed, a moment after it was received.
			.where('id', '<', firstIdAt(until + ROUTED_WITHIN_MS))
			.where('source', '=', 'webhook')
			.limit(1)
			.executeTakeFirst();
		if (row !== undefined) days += 1;
	}
	return days;
}

const ROUTED_WITHIN_MS = 60_000;
