import { randomBytes } from 'node:crypto';
import type { Config } from '../config/Config';
import { createKeyFile, keyFilePath } from './keyFile';
import { createKeyFileRing } from './keyFileRing';
import { createKeyRing, type KeyRing } from './keyRing';

export interface LoadKeyRingDeps {
	/** Told once, when this start made the key file: the operator must back it up. */
	readonly onKeyFileCreated?: (path: string) => void;
	readonly random?: (size: number) => Buffer;
}

/**
 * The keys of the vault: `HUB_ENCRYPTION_KEYS`, else the key file in the data folder, which is made
 * (mode 0600) at the first start.
 *
 * @throws Error when the ledger is a PostgreSQL server and no keys are configured: its hubs would
 * each make their own key file, and the ledger would outlive all of them
 * @throws Error when others may read the key file, or it holds no keys
 */
export function loadKeyRing(
	config: Pick<Config, 'dataDir' | 'databaseUrl' | 'encryptionKeys'>,
	{ onKeyFileCreated, random = randomBytes }: LoadKeyRingDeps = {},
): KeyRing {
	if (config.encryptionKeys !== undefined) return createKeyRing(config.encryptionKeys, random);
	if (config.databaseUrl !== undefined) {
		throw new Error(
			'HUB_ENCRYPTION_KEYS is required with DATABASE_URL. Make a key with ' +
				'`echo "k1:$(openssl rand -base64 32)"`, give it to every hub on this database, and back it up.',
		);
	}

	const path = keyFilePath(config);
	if (createKeyFile(path, random)) onKeyFileCreated?.(path);
	return createKeyFileRing(path, random);
}
