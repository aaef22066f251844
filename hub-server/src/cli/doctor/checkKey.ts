import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/Config';
import { keyFilePath } from '../../secrets/keyFile';
import type { KeyRing } from '../../secrets/keyRing';
import { loadKeyRing } from '../../secrets/loadKeyRing';
import { ok, reasonOf, wrong, type Finding } from './Finding';

const CHECK = 'encryption key';

/** The keys, where there are any; a missing key file is not made. */
export function checkKey(config: Config): {
	readonly finding: Finding;
	readonly keyRing?: KeyRing;
} {
	const path = keyFilePath(config);
	const isFileUsed = config.encryptionKeys === undefined && config.databaseUrl === undefined;
	if (isFileUsed && !existsSync(path)) {
		if (!existsSync(join(config.dataDir, 'hub.sqlite'))) {
			return { finding: ok(CHECK, 'None yet: the first start makes one and says so.') };
		}
		return {
			finding: wrong(
				CHECK,
				`The ledger is there and its key file ${path} is missing: nothing sealed can be read.`,
				'Restore encryption.key from your backup before the hub starts. If it is lost for good, every ' +
					'secret is too: move the data folder away, start anew, and connect again.',
			),
		};
	}
	try {
		const keyRing = loadKeyRing(config);
		const from = isFileUsed ? path : 'HUB_ENCRYPTION_KEYS';
		return { finding: ok(CHECK, `Key ${keyRing.currentKeyId} from ${from}.`), keyRing };
	} catch (cause) {
		return { finding: wrong(CHECK, reasonOf(cause), 'Put the key right, then ask again.') };
	}
}
