import { randomBytes } from 'node:crypto';
import {
	closeSync,
	fchmodSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	statSync,
	writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { EncryptionKey } from '../config/Config';
import { makeFolder } from '../database/makeFolder';

type Random = (size: number) => Buffer;

const KEY_BYTES = 32;

/** The key file of a hub without `HUB_ENCRYPTION_KEYS`. */
export function keyFilePath({ dataDir }: { readonly dataDir: string }): string {
	return join(dataDir, 'encryption.key');
}

/** Mode 0600, durable once returned. @returns whether this call made the file */
export function createKeyFile(path: string, random: Random = randomBytes): boolean {
	makeFolder(dirname(path));
	try {
		writeDurably(path, newLine(random));
		return true;
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw cause;
	}
}

/**
 * Puts a new key before the others, in one step: a reader sees the old file or the new one.
 *
 * @returns the new key's id
 */
export function prependKey(path: string, random: Random = randomBytes): string {
	const line = newLine(random);
	const next = `${path}.${random(4).toString('hex')}.new`;
	writeDurably(next, line + readFileSync(path, 'utf8'));
	renameSync(next, path);
	const folder = openSync(dirname(path), 'r');
	fsyncSync(folder);
	closeSync(folder);
	return line.slice(0, line.indexOf(':'));
}

/** First the one that encrypts. @throws Error when others may read the file, or it holds no keys */
export function readKeyFile(path: string): readonly EncryptionKey[] {
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

/** Never over a file that is there. */
function writeDurably(path: string, text: string): void {
	const file = openSync(path, 'wx', 0o600);
	try {
		// An unusual umask may have taken the owner's own bits away.
		fchmodSync(file, 0o600);
		writeSync(file, text);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

/** The id differs by file, so a ledger beside the wrong file is recognised as such. */
function newLine(random: Random): string {
	return `k${random(4).toString('hex')}:${random(KEY_BYTES).toString('base64')}\n`;
}

function parseLine(line: string): EncryptionKey | undefined {
	const [, id, base64] = /^([\w-]+):(\S+)$/.exec(line.trim()) ?? [];
	if (id === undefined || base64 === undefined) return undefined;
	const key = Buffer.from(base64, 'base64');
	return key.length === KEY_BYTES ? { id, key } : undefined;
}
