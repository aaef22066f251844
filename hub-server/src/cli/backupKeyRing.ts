import { existsSync } from 'node:fs';
import type { Config } from '../config/Config';
import { keyFilePath } from '../secrets/keyFile';
import type { KeyRing } from '../secrets/keyRing';
import { loadKeyRing } from '../secrets/loadKeyRing';

/**
 * The keys that are to open a backup. A key file that is missing is not made: it would open nothing.
 *
 * @throws Error that says where the key belongs
 */
export function backupKeyRing(config: Config): KeyRing {
	const path = keyFilePath(config);
	if (config.encryptionKeys === undefined && !existsSync(path)) {
		throw new Error(
			`There is no ${path}: put the key there that was kept with the backup, mode 0600, or set ` +
				'HUB_ENCRYPTION_KEYS.',
		);
	}
	return loadKeyRing(config);
}
