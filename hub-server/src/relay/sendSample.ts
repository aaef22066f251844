import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { RelayedEvent, SampleKind, SubscriptionView } from '../../protocol';
import type { Clock } from '../clock';
import { newId } from '../database/newId';
import type { Tables } from '../database/tables';
import { readStoredEvent } from '../events/readStoredEvent';
import type { StoredEvent } from '../events/StoredEvent';
import { entityOfCategory } from '../records/xeroEntities';
import type { KnownRecords } from '../records/knownRecords';
import { classifyDelivery, type ClassifiedType } from '../subscriptions/matchEvent';
import type { SubscriptionStore } from '../subscriptions/subscriptionStore';
import { exampleBody } from './exampleBody';
import { linkKey, linksOf } from './linksOf';
import { relayBody } from './relayBody';
import { isSuccess, sendDelivery } from './sendDelivery';
import type { TargetGuard } from './targetGuard';

/**
 * Sends a listener for a test event what it asked for: to it alone, signed, outside the ledger. n8n takes it once its
 * *create* has ended, so that it is tried for some seconds. Where nothing has happened yet the latest is an example.
 * Never throws: who listens sees that nothing comes.
 */
export type SendSample = (
	workspace: { readonly id: string; readonly slug: string },
	subscription: SubscriptionView,
	kind: SampleKind,
) => Promise<void>;

/** How long is waited before each try, in milliseconds. */
const TRIES_AFTER = [300, 700, 1_500, 3_000, 6_000] as const;

/** Events that are looked at, the newest first. */
const LOOKED_AT = 200;

export function createSendSample(deps: {
	readonly db: Kysely<Tables>;
	readonly known: KnownRecords;
	readonly subscriptions: Pick<SubscriptionStore, 'signingSecrets'>;
	readonly targets: Pick<TargetGuard, 'dispatcherFor'>;
	/** `https://api.xero.com`, without a trailing slash. */
	readonly apiUrl: string;
	readonly now: Clock;
	/** Default: a timer that keeps no process alive. */
	readonly rest?: (ms: number) => Promise<unknown>;
}): SendSample {
	const { db, known, apiUrl, now } = deps;
	const { rest = (ms: number) => delay(ms, undefined, { ref: false }) } = deps;

	/** As Xero answered it: beside the event, or as it was known last. */
	async function recordOf(event: StoredEvent): Promise<StoredEvent['record']> {
		const entity = entityOfCategory(event.category)?.entity;
		if (event.record !== undefined || entity === undefined) return event.record;
		const at = { tenantId: event.tenantId, entity, id: event.resourceId };
		const found = await known.record(event.workspaceId, at).catch(() => undefined);
		return found?.record ?? undefined;
	}

	async function latest(
		workspace: { readonly id: string; readonly slug: string },
		subscription: SubscriptionView,
	): Promise<RelayedEvent | undefined> {
		const rows = await db
			.selectFrom('events')
			.selectAll()
			.where('workspace_id', '=', workspace.id)
			.where('same_as', 'is', null)
			.orderBy('id', 'desc')
			.limit(LOOKED_AT)
			.execute();
		for (const event of rows.map(readStoredEvent)) {
			if (nameOf(event, subscription, event.record) === undefined) continue;
			const record = await recordOf(event);
			const named = nameOf(event, subscription, record);
			if (named?.classified !== true) continue;
			const connection = await db
				.selectFrom('connections')
				.select(['tenant_name as name', 'enabled'])
				.where('workspace_id', '=', workspace.id)
				.where('tenant_id', '=', event.tenantId)
				.executeTakeFirst();
			if (connection?.enabled === 0) continue;
			const body = relayBody(
				{
					event: { ...event, record },
					subscription,
					workspace,
					tenantName: connection?.name ?? null,
					links: (await linksOf(db, [event])).get(linkKey(event)) ?? [],
					...{ isReplay: true, hasWaited: false },
				},
				named,
			);
			return { ...body, sample: 'latest' };
		}
		return undefined;
	}

	return async function sendSample(workspace, subscription, kind) {
		try {
			const id = `sample_${newId(now())}`;
			const about = { id, at: now(), workspace: workspace.slug, apiUrl };
			const body =
				(kind === 'latest' ? await latest(workspace, subscription) : undefined) ??
				exampleBody(subscription, about);
			for (const ms of TRIES_AFTER) {
				await rest(ms);
				const secrets = await deps.subscriptions.signingSecrets(workspace.id, subscription.id);
				const { statusCode, hasReceipt } = await sendDelivery(
					{ id, url: subscription.url, body: JSON.stringify(body), secrets },
					{ dispatcherFor: (url) => deps.targets.dispatcherFor(workspace.id, url), now },
				);
				if (isSuccess(statusCode) && (hasReceipt || !subscription.requireReceipt)) return;
			}
		} catch {
			// The listener has gone, or the hub is stopping.
		}
	};
}

function nameOf(
	event: StoredEvent,
	subscription: SubscriptionView,
	record: StoredEvent['record'],
): ClassifiedType | undefined {
	return classifyDelivery(event, subscription, record) ?? undefined;
}
