import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKeyRing } from '../../../hub-server/src/secrets/loadKeyRing';

const place = { table: 't', row: 'r', column: 'c', workspace: 'w' };

describe('loading the key ring', () => {
	let dataDir: string;
	beforeEach(async () => {
		dataDir = await mkdtemp(join(tmpdir(), 'xero-hub-keys-'));
	});
	afterEach(() => rm(dataDir, { recursive: true }));

	it('makes a key file that only its owner may read, says so once, and finds it again', async () => {
		const made: string[] = [];
		const load = () => loadKeyRing({ dataDir }, { onKeyFileCreated: (path) => made.push(path) });

		const sealed = load().seal('secret', place);

		expect(load().open(sealed, place)).toBe('secret');
		expect(made).toEqual([join(dataDir, 'encryption.key')]);
		expect((await stat(made[0]!)).mode & 0o777).toBe(0o600);
	});

	it('prefers configured keys and leaves no file', async () => {
		const key = { id: 'k1', key: randomBytes(32) };

		expect(loadKeyRing({ dataDir, encryptionKeys: [key] }).currentKeyId).toBe('k1');
		await expect(readFile(join(dataDir, 'encryption.key'))).rejects.toThrow('ENOENT');
	});

	it('refuses a shared database without configured keys', () => {
		expect(() => loadKeyRing({ dataDir, databaseUrl: 'postgres://db/hub' })).toThrow(
			/HUB_ENCRYPTION_KEYS is required with DATABASE_URL/,
		);
	});

	it.each([0o640, 0o604, 0o666])('refuses a key file with mode %o', async (mode) => {
		loadKeyRing({ dataDir });
		await chmod(join(dataDir, 'encryption.key'), mode);

		expect(() => loadKeyRing({ dataDir })).toThrow(/Others may read the key file/);
	});

	it('reads several keys, the first of which encrypts', async () => {
		const line = (id: string) => `${id}:${randomBytes(32).toString('base64')}\n`;
		await writeFile(join(dataDir, 'encryption.key'), line('new') + line('old'), { mode: 0o600 });

		expect(loadKeyRing({ dataDir }).currentKeyId).toBe('new');
	});

	it.each([
		['empty', ''],
		['without an id', `${randomBytes(32).toString('base64')}\n`],
		['with a key too short', `k1:${randomBytes(16).toString('base64')}\n`],
	])('refuses a key file that is %s and does not repeat it', async (_case, text) => {
		await writeFile(join(dataDir, 'encryption.key'), text, { mode: 0o600 });

		expect(() => loadKeyRing({ dataDir })).toThrow(/Restore it from your backup/);
		expect(await readFile(join(dataDir, 'encryption.key'), 'utf8')).toBe(text);
	});
});
