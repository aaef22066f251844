import { join } from 'node:path';
import { dumpOfPostgresDatabase, type FreshDatabase } from '../../support/freshDatabase';
import { ENGINES, freshPostgresLedger } from '../../support/freshLedger';
import { hubShell } from '../../support/hubShell';
import { pushingProcess, type PushingProcess } from './pushingProcess';
import { LISTS_OF_EACH_KIND, recordsOfEachKind } from './recordsOfEachKind';
import { statesOf } from './pushedOrganisation';

/** Failure mode 57, with the commands that an operator has. */
describe.each(ENGINES)('a hub that was restored from a backup on %s', (engine) => {
	const databases: FreshDatabase[] = [];
	let acme: PushingProcess;
	let settings: Readonly<Record<string, string>> = {};
	beforeAll(async () => {
		if (engine === 'postgres') {
			databases.push(await freshPostgresLedger());
			settings = settingsOf(databases[0]?.url);
		}
		acme = await pushingProcess(settings);
	}, 60_000);
	afterAll(async () => {
		await acme.close();
		for (const database of databases) await database.drop();
	});

	const settingsOf = (url = '') => ({
		DATABASE_URL: url,
		HUB_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
	});

	/** Ends with a hub that runs. @returns puts the ledger back as it was then, with a hub that is down */
	async function backup(): Promise<() => Promise<void>> {
		const operator = (env: Readonly<Record<string, string>>) =>
			hubShell(join(acme.dataDir, 'shell'), { HUB_DATA_DIR: acme.dataDir, ...env });
		if (engine === 'sqlite') {
			await operator({}).run('xero-hub backup backup.sqlite');
			return async () => {
				await acme.kill();
				await operator({}).run('xero-hub restore backup.sqlite');
			};
		}
		await acme.kill();
		const dump = await dumpOfPostgresDatabase(settings['DATABASE_URL'] ?? '');
		databases.push(dump);
		await acme.start(settings);
		return async () => {
			await acme.kill();
			settings = settingsOf(dump.url);
			await operator(settings).run('xero-hub restore');
		};
	}

	async function pushAll(wave: string) {
		const items = [];
		for (const wish of recordsOfEachKind(wave)) {
			const push = await acme.push({ ...wish, policy: 'external' });
			items.push(...push.items.map((item) => ({ entity: wish.entity ?? 'contact', ...item })));
		}
		return items;
	}

	it.each([
		['', '5', '6', undefined],
		[', whose address is another now', '7', '8', 'https://hub.example.com'],
	])(
		'links what Xero has, and makes none of it twice%s',
		async (_, before, since, publicUrl) => {
			const known = await pushAll(before);
			const restore = await backup();
			const forgotten = await pushAll(since);
			for (const item of [...known, ...forgotten]) {
				expect(item).toMatchObject({ state: 'synced', change: 'created' });
			}
			const counted = await acme.counts(LISTS_OF_EACH_KIND);

			await restore();
			await acme.start({ ...settings, ...(publicUrl && { HUB_PUBLIC_URL: publicUrl }) });
			const again = [...(await pushAll(before)), ...(await pushAll(since))];

			expect(await acme.counts(LISTS_OF_EACH_KIND)).toEqual(counted);
			expect(idsOf(again)).toEqual(idsOf([...known, ...forgotten]));
			for (const item of again) {
				expect(item).toMatchObject({
					state: expect.stringMatching(/^(synced|unchanged)$/),
					change: null,
				});
			}
		},
		240_000,
	);

	// On PostgreSQL it first waits for three minutes until the lease of the hub that is gone has run out.
	if (engine === 'postgres') return;
	it('finishes a push that the backup holds half of', async () => {
		await acme.sandbox.setFaults({ latencyMs: 300 });
		const records = Array.from({ length: 120 }, (_, index) => ({
			externalId: `half-${index}`,
			fields: { Name: `Half ${index}` },
		}));
		const begun = await acme.call('POST', '/pushes', {
			...{ tenantId: acme.tenantId, system: 'crm', entity: 'contact', records },
		});
		const restore = await backup();
		expect(statesOf(await acme.finished(begun.body.id))).toMatchObject({ 'half-0': 'synced' });
		await acme.sandbox.setFaults({});
		const counted = await acme.counts(['Contacts']);

		await restore();
		await acme.start(settings);
		const push = await acme.finished(begun.body.id);

		expect(await acme.counts(['Contacts'])).toEqual(counted);
		expect(push.items.filter(({ state }) => !/^(synced|unchanged)$/.test(state))).toEqual([]);
	}, 120_000);
});

/** Credit notes and payments have no mark: of two that are alike in all it does not matter which is whose. */
function idsOf(
	items: ReadonlyArray<{
		readonly entity: string;
		readonly externalId: string;
		readonly xeroId: string | null;
	}>,
) {
	return items
		.map(({ entity, externalId, xeroId }) =>
			/^(credit_note|payment)$/.test(entity) ? { entity, xeroId } : { entity, externalId, xeroId },
		)
		.sort((one, other) => (String(one.xeroId) < String(other.xeroId) ? -1 : 1));
}
