import type { SubscriptionRequest } from '../../hub-server/protocol';
import type { Engine } from '../../hub-server/src/database/engine';
import { createDeliveryLedger } from '../../hub-server/src/relay/deliveryLedger';
import { createEventReader } from '../../hub-server/src/events/eventReader';
import { createAsidePayloads } from '../../hub-server/src/webhooks/asidePayloads';
import { createInbox } from '../../hub-server/src/webhooks/inbox';
import { createDeliveryReader } from '../../hub-server/src/relay/deliveryReader';
import { createRecordLedger } from '../../hub-server/src/relay/recordLedger';
import { createRoutePayloads } from '../../hub-server/src/webhooks/routePayloads';
import { createPullLedger } from '../../hub-server/src/relay/pullLedger';
import { createReplayLedger, type ReplayRange } from '../../hub-server/src/relay/replayLedger';
import type { InFlight } from '../../hub-server/src/relay/shareSlots';
import { createSubscriptionSecrets } from '../../hub-server/src/subscriptions/subscriptionSecrets';
import { createSubscriptionStore } from '../../hub-server/src/subscriptions/subscriptionStore';
import { createGrantRows } from '../../hub-server/src/xero/grants/grantRows';
import { createKeyRing } from '../../hub-server/src/secrets/keyRing';
import { createAppKeyStore } from '../../hub-server/src/workspaces/appKeyStore';
import { createWorkspaceStore } from '../../hub-server/src/workspaces/workspaceStore';
import { createConnectionRows } from '../../hub-server/src/xero/connections/connectionRows';
import { freshLedger } from '../support/freshLedger';
import { NO_WEBHOOK_KEYS } from '../support/noWebhookKeys';

export const TENANT = '11111111-1111-4111-8111-111111111111';
export const OTHER_TENANT = '22222222-2222-4222-8222-222222222222';

/** Monday, 2 November 2026, 09:00 UTC. */
export const START = Date.UTC(2026, 10, 2, 9);

/** How long a parked queue is kept. */
export const PARK_MS = 96 * 3600_000;

/** A ledger with one workspace, its clock in the test's hand. */
export async function ledgerFixture(engine: Engine) {
	const { database, location, close } = await freshLedger(engine);
	const { db } = database;
	const clock = { at: START };
	const now = () => clock.at;
	const keyRing = createKeyRing([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
	const secrets = createSubscriptionSecrets(keyRing);
	const workspaces = createWorkspaceStore({ db, now });
	const subscriptions = createSubscriptionStore({ db, secrets, now, parkMs: PARK_MS });
	const workspace = await workspaces.create({ name: 'Acme' });
	const inbox = createInbox({ db, now });
	const route = createRoutePayloads({ db, engine, now });
	const connections = createConnectionRows({ db });
	const replays = createReplayLedger({ db, engine, now });

	const deliveries = createDeliveryLedger({ db, engine, now });

	return {
		db,
		location,
		close,
		now,
		keyRing,
		secrets,
		workspaces,
		workspace,
		subscriptions,
		inbox,
		route,
		connections,
		aside: createAsidePayloads(db),
		deliveries,
		records: createRecordLedger({ db, engine, now }),
		replays,
		pulls: createPullLedger({ db, engine, now }),
		reader: { ...createEventReader(db), ...createDeliveryReader(db) },
		/** Connects an organisation to a workspace, through its app; answers the connection's id. */
		async connect(workspaceId: string, tenantId: string, clientId: string): Promise<string> {
			const appKeys = createAppKeyStore({ db, keyRing, now });
			await appKeys.save(workspaceId, { clientId, clientSecret: 'secret' });
			await createGrantRows({ db, keyRing, clock: now }).save({
				workspaceId,
				clientId,
				xeroUserId: 'user',
				tokens: { accessToken: 'a', refreshToken: 'r', scope: '', expiresAt: 0 },
				organisations: [
					{ id: `x-${tenantId}`, tenantId, tenantName: 'Demo', tenantType: 'ORGANISATION' },
				],
			});
			const connection = await connections.findTenant(workspaceId, tenantId);
			return connection?.id ?? '';
		},
		/** Replays a time range, from its start to its end. */
		async replayRange(range: ReplayRange, workspaceId = workspace.id) {
			const { id } = await replays.start(workspaceId, range);
			while (await replays.step());
			return replays.replay(workspaceId, id);
		},
		/** The delivery that is due first. */
		async claimOne() {
			const [delivery] = await deliveries.claim({ ...CLAIM, limit: 1 });
			if (!delivery) throw new Error('nothing was due');
			return delivery;
		},
		/** Moves the clock. */
		advance(ms: number) {
			clock.at += ms;
		},
		/** Puts the events into the inbox as one payload of Xero's, and routes it, however many rounds it takes. */
		async accept(changes: readonly object[]) {
			await inbox.accept({
				workspaceId: workspace.id,
				body: Buffer.from(JSON.stringify({ events: changes })),
				signedWith: 'current',
				keysVersion: NO_WEBHOOK_KEYS,
			});
			let routed = await route(100);
			while (routed.isMoreWaiting) {
				const next = await route(100);
				routed = {
					payloads: routed.payloads + next.payloads,
					newEvents: routed.newEvents + next.newEvents,
					newDeliveries: routed.newDeliveries + next.newDeliveries,
					due: [...routed.due, ...next.due],
					faults: [...routed.faults, ...next.faults],
					isMoreWaiting: next.isMoreWaiting,
				};
			}
			return routed;
		},
		subscribe: async (
			types: readonly string[],
			{
				workspaceId = workspace.id,
				...options
			}: Partial<SubscriptionRequest> & { workspaceId?: string } = {},
		) => {
			const saved = await subscriptions.subscribe(workspaceId, {
				url: 'https://n8n.example.com/webhook/one',
				events: types,
				...options,
			});
			if (saved.kind !== 'saved') throw new Error('The trigger is elsewhere.');
			return saved.subscription;
		},
	};
}

export type LedgerFixture = Awaited<ReturnType<typeof ledgerFixture>>;

let counter = 0;

/** An event like no other, in Xero's words, unless its identity is given. */
export function anEvent(change: Partial<ReturnType<typeof eventLike>> = {}) {
	counter += 1;
	return {
		...eventLike(`00000000-0000-4000-8000-${String(counter).padStart(12, '0')}`),
		...change,
	};
}

function eventLike(resourceId: string) {
	return {
		resourceUrl: `https://api.xero.com/api.xro/2.0/Contacts/${resourceId}`,
		resourceId,
		tenantId: TENANT,
		tenantType: 'ORGANISATION',
		eventCategory: 'CONTACT',
		eventType: 'UPDATE',
		eventDateUtc: '2026-11-02T09:00:00.123',
	};
}

export const NOTHING_IN_FLIGHT: InFlight = {
	held: () => 0,
	lastServed: () => 0,
};

export const CLAIM = {
	free: 1_000,
	limit: 100,
	perQueue: 100,
	inFlight: NOTHING_IN_FLIGHT,
	leaseMs: 60_000,
};
