import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { readKeyFile } from './keyFile';
import { createKeyRing, type KeyRing } from './keyRing';

/**
 * A key ring that follows its file, so that `xero-hub keys rotate` reaches a running hub: the file is
 * looked at before each use, and read when it is another one. A file that cannot be used then leaves
 * the keys as they were.
 *
 * @throws Error when the file cannot be used now
 */
export function createKeyFileRing(
	path: string,
	random: (size: number) => Buffer = randomBytes,
): KeyRing {
	let seen = versionOf(path);
	let ring = createKeyRing(readKeyFile(path), random);

	function current(): KeyRing {
		try {
			const version = versionOf(path);
			if (version === seen) return ring;
			seen = version;
			ring = createKeyRing(readKeyFile(path), random);
		} catch {
			// Whoever reads the log of the next start is told; what is in memory still opens the ledger.
		}
		return ring;
	}

	return {
		seal: (plain, where) => current().seal(plain, where),
		open: (sealed, where) => current().open(sealed, where),
		holds: (keyId) => current().holds(keyId),
		get currentKeyId() {
			return current().currentKeyId;
		},
	};
}

/** A replaced file has another inode; an edited one another time. */
function versionOf(path: string): string {
	const { ino, mtimeNs, size } = statSync(path, { bigint: true });
	return `${ino} ${mtimeNs} ${size}`;
}
