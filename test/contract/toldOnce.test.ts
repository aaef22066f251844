import fc from 'fast-check';
import { noteGap } from '../../hub-server/src/gaps/noteGap';
import { createKeepRead } from '../../hub-server/src/relay/keepRead';
import { createRecordLedger } from '../../hub-server/src/relay/recordLedger';
import { guid } from '../support/changingXero';
import { anEvent } from './ledgerFixture';
import { syncFixture, type SyncFixture } from './syncFixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A contact that changes, and who tells of it. */
type Step =
	| { readonly kind: 'change'; readonly archives: boolean }
	/** One of Xero's webhooks that are under way comes, or is lost. */
	| { readonly kind: 'webhook'; readonly of: number; readonly isLost: boolean }
	/** What waits for its record is read, a sync runs, a gap is repaired, what was not delivered is replayed. */
	| { readonly kind: 'read' | 'sync' | 'repair' | 'replay' | 'park' | 'publish' };

const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('change'), archives: fc.boolean() }) },
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('webhook'),
			of: fc.nat(3),
			isLost: fc.constantFrom(false, false, false, true),
		}),
	},
	{
		weight: 7,
		arbitrary: fc.record({
			kind: fc.constantFrom('read', 'sync', 'sync', 'repair', 'replay', 'park', 'publish'),
		}),
	},
);

const CHANGES = ['contact.created', 'contact.updated'];

describe('a record that changes, whoever tells it and whenever', () => {
	it.each([
		['with a sync', { hasStream: true, keepsRecords: true }],
		['with a sync that keeps hashes only', { hasStream: true, keepsRecords: false }],
		['with webhooks and their repair alone', { hasStream: false, keepsRecords: true }],
	])(
		'is told, and each version to each workflow once, %s',
		async (_name, options) => {
			await fc.assert(
				fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
					const f = await syncFixture('sqlite', options);
					try {
						const { subscriptions, versions, archivals } = await play(f, steps, options);

						for (const id of subscriptions.ofChanges) {
							const times = (await f.handed(id)).length;
							expect(times).toBeGreaterThan(0);
							expect(times).toBeLessThanOrEqual(versions);
						}
						const archived = (await f.handed(subscriptions.ofArchivals)).length;
						expect(archived).toBeLessThanOrEqual(archivals);
					} finally {
						await f.close();
					}
				}),
				{ numRuns: 40 },
			);
		},
		120_000,
	);
});

async function play(
	f: SyncFixture,
	steps: readonly Step[],
	{ hasStream, keepsRecords }: { readonly hasStream: boolean; readonly keepsRecords: boolean },
) {
	const id = guid(1);
	const url = (name: string) => `https://n8n.example.com/webhook/${name}`;
	const parked = { url: url('parked'), hydrate: true };
	// Xero's check: the webhooks of the app are in use.
	await f.accept([]);
	const plain = await f.subscribe(CHANGES, { url: url('plain') });
	const others = await f.subscribe(CHANGES, {
		url: url('others'),
		filter: { causedByOthersOnly: true },
	});
	const pulled = await f.subscribe(CHANGES, {
		...{ url: 'pull:names', delivery: 'pull' },
		filter: { changed: ['Name'] },
	});
	const parks = await f.subscribe(CHANGES, parked);
	const archives = await f.subscribe(['contact.archived'], { url: url('archived') });
	if (hasStream) {
		await f.stream('contact');
		await f.runDue();
	}
	f.advance(10 * MINUTE);
	const began = f.now() - 1_000;

	const underWay: { readonly at: number; readonly eventType: string }[] = [];
	let [versions, archivals, status] = [0, 0, 'ACTIVE'];
	function change(isArchived: boolean) {
		versions += 1;
		if (isArchived && status === 'ACTIVE') archivals += 1;
		status = isArchived ? 'ARCHIVED' : 'ACTIVE';
		const members = { Name: `Version ${versions}`, ContactStatus: status };
		f.xero.put('Contacts', { id, updatedAt: f.now(), members });
		underWay.push({ at: f.now() + 150, eventType: versions === 1 ? 'CREATE' : 'UPDATE' });
	}
	async function hear({ at, eventType }: (typeof underWay)[number]) {
		const eventDateUtc = new Date(at).toISOString().slice(0, -1);
		await f.accept([anEvent({ resourceId: id, eventType, eventDateUtc })]);
	}
	async function read() {
		f.advance(250);
		const keepRead = createKeepRead({ recordSealOf: f.recordSealOf, keepsRecords });
		const ledger = createRecordLedger({ db: f.db, engine: 'sqlite', now: f.now, keepRead });
		const claimed = await ledger.claim({ limit: 100, leaseMs: MINUTE });
		const { updatedAt, members } = f.xero.listOf('Contacts').get(id)!;
		const record = { ContactID: id, UpdatedDateUTC: `/Date(${updatedAt}+0000)/`, ...members };
		await ledger.finish(
			claimed.map((event) => ({ event, outcome: { kind: 'ready' as const, record } })),
		);
	}
	async function repair() {
		await noteGap(f.db, { kind: 'outage', from: began, until: f.now() }, f.now());
		f.advance(16 * MINUTE);
		await f.repair();
	}
	async function replay() {
		await f.db
			.updateTable('deliveries')
			.set({ status: 'delivered' })
			.where('status', '=', 'pending')
			.execute();
		await f.replayRange({ since: 0, until: f.now() + 1, status: 'undelivered' });
	}
	const publish = () => f.subscribe(CHANGES, parked);

	change(false);
	for (const one of steps) {
		f.advance(30_000);
		if (one.kind === 'change') change(one.archives);
		else if (one.kind === 'webhook') {
			const [webhook] = underWay.splice(one.of % Math.max(1, underWay.length), 1);
			if (webhook !== undefined && !one.isLost) await hear(webhook);
		} else if (one.kind === 'read') await read();
		else if (one.kind === 'repair') await repair();
		else if (one.kind === 'replay') await replay();
		else if (one.kind === 'park') await f.subscriptions.park(f.workspace.id, parks.id);
		else if (one.kind === 'publish') await publish();
		else {
			f.advance(HOUR);
			await f.runDue();
		}
	}
	for (const webhook of underWay) await hear(webhook);
	await publish();
	f.advance(HOUR);
	await (hasStream ? f.runDue() : repair());
	await read();
	await replay();
	await read();
	const subscriptions = {
		ofChanges: [plain.id, others.id, pulled.id, parks.id],
		ofArchivals: archives.id,
	};
	return { subscriptions, versions, archivals };
}
