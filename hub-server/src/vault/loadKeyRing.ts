import {
	closeSync,
	fchmodSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	statSync,
	writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config, EncryptionKey } from '../config/Config';
import { createKeyRing, type KeyRing } from './keyRing';

export interface LoadKeyRingDeps {
	/** Told once, when this start made the key file: the operator must back it up. */
	readonly onKeyFileCreated?: (path: string) => void;
	readonly random?: (size: number) => Buffer;
}

const KEY_BYTES = 32;

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

	const path = join(config.dataDir, 'encryption.key');
	if (createKeyFile(path, random)) onKeyFileCreated?.(path);
	return createKeyRing(readKeyFile(path), random);
}

/** @returns whether this call made the file */
function createKeyFile(path: string, random: (size: number) => Buffer): boolean {
	mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
	let file: number;
	try {
		file = openSync(path, 'wx', 0o600);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw cause;
	}
	try {
		// An unusual umask may have taken the owner's own bits away.
		fchmodSync(file, 0o600);
		// The id differs by file, so a ledger beside the wrong file is recognised as such.
		writeSync(file, `k${random(4).toString('hex')}:${random(KEY_BYTES).toString('base64')}\n`);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	return true;
}

function readKeyFile(path: string): readonly EncryptionKey[] {
	const mode = statSync(path).mode & 0o777;
	if ((mode & 0o077) !== 0) {
		throw new Error(
			`Others may read the key file ${path} (mode ${mode.toString(8)}). ` +
				`Run \`chmod 600 ${path}\`, and consider its keys known to them.`,
		);
	}

	const lines = readFileSync(path, 'utf8').split('\n');
	const keys = lines.filter((line) => line.trim() !== '').map(parseLine);
	if (keys.length === 0 || keys.some((key) => key === undefined)) {
		throw new Error(
			`The key file ${path} does not hold one "id:base64 of 32 bytes" a line. Restore it from your ` +
				'backup; if this hub never held a secret, delete the file and start again.',
		);
	}
	return keys.filter((key) => key !== undefined);
}

function parseLine(line: string): EncryptionKey | undefined {
	const [, id, base64] = /^([\w-]+):(\S+)$/.exec(line.trim()) ?? [];
	if (id === undefined || base64 === undefined) return undefined;
	const key = Buffer.from(base64, 'base64');
	return key.length === KEY_BYTES ? { id, key } : undefined;
}
