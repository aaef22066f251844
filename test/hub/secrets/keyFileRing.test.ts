import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyFile, prependKey, readKeyFile } from '../../../hub-server/src/secrets/keyFile';
import { createKeyFileRing } from '../../../hub-server/src/secrets/keyFileRing';
import { temporaryFolder } from '../../support/temporaryFolder';

const PLACE = { table: 'grants', row: '1', column: 'access_token', workspace: 'w' };

describe('the key ring of a key file', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let path: string;
	beforeEach(() => {
		folder = temporaryFolder();
		path = join(folder.path, 'encryption.key');
		createKeyFile(path);
	});
	afterEach(() => folder.remove());

	it('uses a key that was added while it runs, and still opens what the older one sealed', () => {
		const ring = createKeyFileRing(path);
		const sealed = ring.seal('a secret', PLACE);

		const added = prependKey(path);

		expect(ring.currentKeyId).toBe(added);
		expect(ring.seal('a secret', PLACE).split('.')[1]).toBe(added);
		expect(ring.open(sealed, PLACE)).toBe('a secret');
		expect(readKeyFile(path)).toHaveLength(2);
	});

	it('goes on with the keys it has when the file is spoilt under it', () => {
		const ring = createKeyFileRing(path);
		const sealed = ring.seal('a secret', PLACE);

		writeFileSync(path, 'not a key\n');

		expect(ring.open(sealed, PLACE)).toBe('a secret');
		expect(() => createKeyFileRing(path)).toThrow(/does not hold/);
	});
});
