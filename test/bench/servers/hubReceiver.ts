import { NO_WEBHOOK_KEYS } from '../../support/noWebhookKeys';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../hub-server/src/database/openDatabase';
import { startIngest } from '../../../hub-server/src/hub/startIngest';
import { createWorkspaceStore } from '../../../hub-server/src/workspaces/workspaceStore';
import { BENCH_KEY } from '../payloads';

/**
 * The hub's own way from the socket to the disk, with one subscriber's delivery planned for each
 * event, in a process of its own. Argument: the most payloads that one commit may hold.
 */
async function main(maxBatch: number): Promise<void> {
	const dataDir = mkdtempSync(join(tmpdir(), 'xero-hub-bench-'));
	const database = await openDatabase({ dataDir });
	const { db } = database;
	const now = Date.now;
	const workspace = await createWorkspaceStore({ db, now }).create({ name: 'bench' });
	await db
		.insertInto('subscriptions')
		.values({
			id: 'bench',
			workspace_id: workspace.id,
			url: 'http://127.0.0.1:9/',
			events: '["*"]',
			tenant_ids: '[]',
			hydrate: 0,
			secret: 'never opened',
			previous_secret: null,
			previous_secret_until: null,
			status: 'active',
			consecutive_failures: 0,
			failing_since: null,
			paused_until: null,
			created_at: now(),
		})
		.execute();

	const ingest = startIngest({
		stores: {
			database,
			appKeys: {
				signingKeys: async () => ({
					workspaceId: workspace.id,
					keys: [{ name: 'current', key: BENCH_KEY }],
					version: NO_WEBHOOK_KEYS,
				}),
			},
		},
		metrics: { payloadsCommitted() {}, eventsStored() {}, webhookAnswered() {} },
		log: { error: (detail, text) => process.stderr.write(`${text} ${JSON.stringify(detail)}\n`) },
		now,
		uptime: () => performance.now(),
		maxBatch,
		onDue: () => {},
	});
	const server = createServer((request, response) => void ingest.handle(request, response));
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
	process.once('disconnect', () => {
		server.closeAllConnections();
		void ingest
			.stop()
			.then(() => database.close())
			.then(() => {
				rmSync(dataDir, { recursive: true, force: true });
				process.exit(0);
			});
	});
}

void main(Number(process.argv[2]));
