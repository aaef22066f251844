import type { Kysely } from 'kysely';
import type { Clock } from '../../clock';
import { HubError } from '../../errors/HubError';
import type { Tables } from '../../database/tables';
import type { AppKeysView } from '../../workspaces/appKeyStore';
import type { Connection } from '../../xero/connections/connectionRows';
import { readJson } from '../../xero/api/xeroAnswer';
import type { XeroApi } from '../../xero/api/xeroApi';
import { ok, reasonOf, warning, wrong, type Finding } from './Finding';

export interface CheckWebhooksDeps {
	readonly db: Kysely<Tables>;
	readonly api: Pick<XeroApi, 'send'>;
	readonly clock: Clock;
	/** Without a trailing slash. */
	readonly publicUrl: string;
}

/** Xero tells within seconds, and tries again for a while before it is worth a word. */
const LATE_MS = 30 * 60_000;

const REENABLE =
	'Open the app at https://developer.xero.com/app/manage, go to Webhooks, and press Enable or Send intent to receive: ' +
	'Xero disables a webhook that failed for 24 hours. What happened meanwhile it keeps for 31 days. ' +
	'Check too that the Invoices and Contacts boxes are ticked there.';

/** Whether Xero's webhooks can come in, were ever verified, and still come. */
export async function checkWebhooks(
	workspace: { readonly id: string; readonly slug: string },
	keys: AppKeysView,
	connections: readonly Connection[],
	deps: CheckWebhooksDeps,
): Promise<Finding> {
	const check = `${workspace.slug}: webhooks`;
	const url = `${deps.publicUrl}/webhooks/xero/${workspace.slug}`;
	if (keys.webhookKeyFingerprint === null) {
		return warning(
			check,
			'No webhook key is saved, so Xero cannot tell of changes.',
			`Enter ${url} on the webhooks page of the Xero app, and save the key that it shows.`,
		);
	}
	const refusal = await refusesForged(url);
	if (refusal !== undefined) {
		return wrong(check, refusal, `Check the proxy on the way: Xero posts to ${url}.`);
	}
	if (keys.handshakeAt === null) {
		return wrong(
			check,
			'Xero has never verified the delivery URL (intent to receive).',
			`Enter ${url} on the webhooks page of the Xero app, save its key here, and press Send intent to receive.`,
		);
	}
	const untold = await changeWithoutEvent(connections, deps);
	if (untold !== undefined) return wrong(check, untold, REENABLE);
	return ok(check, `Verified ${keys.handshakeAt}; nothing changed at Xero without being told.`);
}

/** A forged payload must meet 401 and an empty body, as it would from Xero's own check. */
async function refusesForged(url: string): Promise<string | undefined> {
	try {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-xero-signature': 'forged by the doctor' },
			body: '{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"DOCTOR"}',
			redirect: 'manual',
			signal: AbortSignal.timeout(5_000),
		});
		const text = await answer.text();
		if (answer.status === 401 && text === '') return undefined;
		return `The delivery URL answers a forged payload with ${answer.status}${text === '' ? '' : ' and a body'}, where Xero wants 401 and nothing.`;
	} catch (cause) {
		return `The delivery URL cannot be reached: ${reasonOf((cause as Error).cause ?? cause)}`;
	}
}

const TOLD = [
	{ collection: 'Invoices', category: 'INVOICE', idField: 'InvoiceID' },
	{ collection: 'Contacts', category: 'CONTACT', idField: 'ContactID' },
] as const;

/** The newest record of each kind, where it changed and no event came. */
async function changeWithoutEvent(
	connections: readonly Connection[],
	{ db, api, clock }: CheckWebhooksDeps,
): Promise<string | undefined> {
	for (const connection of connections.filter(({ enabled }) => enabled)) {
		for (const { collection, category, idField } of TOLD) {
			const newest = await newestOf(api, connection, collection);
			const changedAt = newest && readXeroTime(newest['UpdatedDateUTC']);
			if (newest === undefined || changedAt === undefined) continue;
			if (changedAt < connection.createdAt || changedAt > clock() - LATE_MS) continue;
			const event = await db
				.selectFrom('events')
				.select('id')
				.where('workspace_id', '=', connection.workspaceId)
				.where('category', '=', category)
				.where('resource_id', '=', String(newest[idField]).toLowerCase())
				// Xero's event and record may be stamped a moment apart.
				.where('occurred_at', '>=', changedAt - LATE_MS)
				.executeTakeFirst();
			if (event === undefined) {
				return (
					`In ${connection.tenantName ?? connection.tenantId} a record of ${collection} changed at ` +
					`${new Date(changedAt).toISOString()}, and no webhook told of it.`
				);
			}
		}
	}
	return undefined;
}

async function newestOf(
	api: Pick<XeroApi, 'send'>,
	{ grantId, workspaceId, tenantId }: Connection,
	collection: string,
): Promise<Record<string, unknown> | undefined> {
	try {
		const answer = await api.send({
			grantId,
			workspaceId,
			tenantId,
			method: 'GET',
			path: `/api.xro/2.0/${collection}?page=1&pageSize=1&order=UpdatedDateUTC%20DESC`,
			headers: { accept: 'application/json' },
		});
		const body = (await readJson(answer)) as Record<string, Record<string, unknown>[] | undefined>;
		return body[collection]?.[0];
	} catch (cause) {
		// A missing scope or a lost consent is told by another check.
		if (cause instanceof HubError) return undefined;
		throw cause;
	}
}

/** `/Date(1573755038314+0000)/`, the way the Accounting API writes times. */
function readXeroTime(value: unknown): number | undefined {
	const ms = /^\/Date\((-?\d+)/.exec(String(value))?.[1];
	return ms === undefined ? undefined : Number(ms);
}
