import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables';
import { lastWebhookAt } from './lastWebhookAt';
import { noteGap } from './noteGap';

/** Xero switches a webhook off that it could not deliver for 24 hours (its guide), not before. */
const DISABLED_AFTER_MS = 24 * 3600_000;

/** One check is several payloads, within half a minute. */
const ONE_CHECK_MS = 3600_000;

/**
 * Xero checks a webhook when it is switched on again, and never else tells that it was off. Where nothing came
 * for as long as Xero tries before it switches one off, the time until the check is a gap.
 *
 * @param at when the check came, epoch milliseconds
 */
export async function noteReenabled(
	tx: Transaction<Tables>,
	receiver: { readonly workspaceId: string; readonly clientId?: string | undefined },
	at: number,
): Promise<void> {
	const { workspaceId } = receiver;
	const keys = await tx
		.selectFrom('app_keys')
		.select('handshake_at')
		.where('workspace_id', '=', workspaceId)
		.executeTakeFirst();
	const before = keys?.handshake_at ?? null;
	if (before === null || at - before < ONE_CHECK_MS) return;
	const last = await lastWebhookAt(tx, workspaceId);
	if (last === undefined || at - last < DISABLED_AFTER_MS) return;
	await noteGap(tx, { kind: 'disabled', from: last, until: at, receiver }, at);
}
