import { createHash, randomBytes } from 'node:crypto';
import { createAuditLog, type AuditLog } from '../../hub-server/src/audit/auditLog';
import { verifyExport } from '../../hub-server/src/audit/verifyExport';
import { createKeyRing } from '../../hub-server/src/secrets/keyRing';
import { resealSecrets } from '../../hub-server/src/secrets/resealSecrets';
import { ENGINES, freshLedger, type FreshLedger } from '../support/freshLedger';

const K1 = { id: 'k1', key: randomBytes(32) };
const K2 = { id: 'k2', key: randomBytes(32) };

describe.each(ENGINES)('the keyed audit log on %s', (engine) => {
	let ledger: FreshLedger;
	let log: AuditLog;
	beforeEach(async () => {
		ledger = await freshLedger(engine);
		log = logUnder([K1]);
	});
	afterEach(() => ledger.close());

	const logUnder = (keys: ReadonlyArray<typeof K1>) =>
		createAuditLog({ db: ledger.database.db, keyRing: createKeyRing(keys), now: () => 1 });
	const appendAll = async (...actors: readonly string[]) => {
		for (const actor of actors) await log.append({ actor, action: 'key.created' });
	};
	const rows = () =>
		ledger.database.db.selectFrom('audit_log').selectAll().orderBy('seq').execute();
	const exported = async (from: AuditLog) => {
		const lines: string[] = [];
		for await (const line of from.exportAll()) {
			lines.push(
				JSON.stringify('at' in line ? { ...line, at: new Date(line.at).toISOString() } : line),
			);
		}
		return lines;
	};
	const check = (lines: readonly string[], keys: ReadonlyArray<typeof K1>) =>
		verifyExport(async function* () {
			yield* lines;
		}, createKeyRing(keys));

	/** As whoever can write to the database and read this project's source would. */
	const plainHash = (seq: number, previous: string, actor: string) =>
		createHash('sha256')
			.update(JSON.stringify([seq, previous, 1, actor, null, 'key.created', []]))
			.digest('hex');
	/** A version without keys. */
	async function writeUnkeyed(...actors: readonly string[]) {
		for (const actor of actors) {
			const last = (await rows()).at(-1);
			const [seq, previous] = [(last?.seq ?? 0) + 1, last?.hash ?? ''];
			await ledger.database.db
				.insertInto('audit_log')
				.values({
					...{ seq, at: 1, actor, workspace: null, action: 'key.created', detail: '{}' },
					...{ previous_hash: previous, hash: plainHash(seq, previous, actor), key_id: null },
				})
				.execute();
		}
	}

	it('shows that it was rewritten whole, with new hashes all through', async () => {
		await appendAll('a', 'b', 'c');

		let previous = '';
		for (const { seq, actor } of await rows()) {
			const forged = actor === 'b' ? 'somebody else' : actor;
			const hash = plainHash(seq, previous, forged);
			await ledger.database.db
				.updateTable('audit_log')
				.set({ actor: forged, previous_hash: previous, hash, key_id: null })
				.where('seq', '=', seq)
				.execute();
			previous = hash;
		}

		expect(await log.verify()).toEqual({
			intact: false,
			brokenAt: 3,
			reason: 'it is not the one that was sealed as the last',
		});
	});

	it('shows that its end was cut off', async () => {
		await appendAll('a', 'b', 'c');

		await ledger.database.db.deleteFrom('audit_log').where('seq', '>', 1).execute();

		expect(await log.verify()).toEqual({
			intact: false,
			brokenAt: 2,
			reason: 'entries up to 3 were cut off',
		});
	});

	it.each([
		['was removed', 'what was sealed as the last entry is gone', 4],
		['is an earlier one', 'an earlier seal of the last entry was put back', 3],
	])('shows that the seal of its last entry %s', async (how, reason, brokenAt) => {
		const { db } = ledger.database;
		await appendAll('a', 'b');
		const earlier = await db
			.selectFrom('settings')
			.selectAll()
			.where('name', '=', 'audit_head')
			.executeTakeFirstOrThrow();
		await appendAll('c');

		await db.deleteFrom('settings').where('name', '=', 'audit_head').execute();
		if (how !== 'was removed') await db.insertInto('settings').values(earlier).execute();

		expect(await log.verify()).toEqual({ intact: false, brokenAt, reason });
	});

	it('seals what a version without keys has written, as one segment', async () => {
		await writeUnkeyed('a', 'b', 'c');
		const lastHash = (await rows()).at(-1)?.hash;

		await log.sealEarlier();
		await log.sealEarlier();

		expect((await rows()).slice(3)).toMatchObject([
			{
				actor: 'the hub',
				action: 'audit.earlier_entries_sealed',
				detail: JSON.stringify({ up_to: '3', last_hash: lastHash, found: 'as they were written' }),
			},
		]);
		expect(await log.verify()).toMatchObject({ intact: true, unkeyed: [{ from: 1, to: 3 }] });
	});

	it('shows what was changed of such a segment since it was sealed', async () => {
		await writeUnkeyed('a', 'b');
		await appendAll('c');

		const hash = plainHash(1, '', 'x');
		const { db } = ledger.database;
		await db.updateTable('audit_log').set({ actor: 'x', hash }).where('seq', '=', 1).execute();
		const next = { previous_hash: hash, hash: plainHash(2, hash, 'b') };
		await db.updateTable('audit_log').set(next).where('seq', '=', 2).execute();

		expect(await log.verify()).toMatchObject({ intact: false, brokenAt: 3 });
	});

	it('goes on over entries that an older hub on the same ledger writes meanwhile', async () => {
		await appendAll('a');
		await writeUnkeyed('older hub');
		await appendAll('b');

		expect(await log.verify()).toMatchObject({
			intact: true,
			entries: 4,
			unkeyed: [{ from: 2, to: 2 }],
		});
	});

	it('can still be checked when its keys and the encryption keys were changed', async () => {
		await appendAll('a');
		const rotating = logUnder([K2, K1]);
		await rotating.rotateKey();
		await rotating.append({ actor: 'b', action: 'key.created' });
		await resealSecrets({ db: ledger.database.db, keyRing: createKeyRing([K2, K1]) });

		const verdict = await logUnder([K2]).verify();

		expect(verdict).toMatchObject({ intact: true, entries: 2 });
		expect(new Set((await rows()).map(({ key_id }) => key_id)).size).toBe(2);
	});

	it('is checked from an export, without the ledger', async () => {
		await appendAll('a', 'b');
		const lines = await exported(log);

		const changed = lines.map((line) => line.replace('"actor":"b"', '"actor":"x"'));
		const [first = '', , end = ''] = lines;

		expect(await check(lines, [K1])).toMatchObject({ intact: true, entries: 2 });
		expect(await check(changed, [K1])).toMatchObject({ intact: false, brokenAt: 2 });
		expect(await check([first, end], [K1])).toMatchObject({ intact: false, brokenAt: 2 });
		expect(await check(lines.slice(0, 2), [K1])).toMatchObject({ intact: false, brokenAt: 1 });
		expect(await check(lines, [K2])).toMatchObject({ intact: false, brokenAt: 1 });
		expect(await check(['no entry', ...lines], [K1])).toMatchObject({ intact: false, brokenAt: 1 });
	});

	it('gives no key away, in the ledger or an export', async () => {
		await appendAll('a');

		const { head, keys } = JSON.parse((await exported(log)).at(-1)!);

		expect(Object.keys(head)).toEqual(['seq', 'hash']);
		expect(Object.values(keys)).toEqual([expect.stringMatching(/^v1\.k1\./)]);
	});
});
