import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { EncryptionKey } from '../config/Config';

/** Where a sealed text lives. It opens there and nowhere else. */
export interface SealedPlace {
	readonly table: string;
	/** The row's primary key. */
	readonly row: string;
	readonly column: string;
	/** The workspace's id; empty for what belongs to the whole hub. */
	readonly workspace: string;
}

export interface KeyRing {
	/** Encrypts under the current key; two seals of one text differ. */
	seal(plain: string, where: SealedPlace): string;
	/** @throws SealedTextError when the text cannot be trusted or its key is not here */
	open(sealed: string, where: SealedPlace): string;
	/** Whether `open` has this key. */
	holds(keyId: string): boolean;
	/** The key that `seal` uses. */
	readonly currentKeyId: string;
}

/** A sealed text that does not open. Neither the text nor a key is in the message. */
export class SealedTextError extends Error {
	constructor(
		readonly reason: 'malformed' | 'unknown_key' | 'tampered',
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
		this.name = 'SealedTextError';
	}
}

const VERSION = 'v1';
const ALGORITHM = 'aes-256-gcm';
/** 96 bits, the size GCM is defined for (NIST SP 800-38D §8.2.2). */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals with AES-256-GCM as `v1.<key id>.<base64url of IV, ciphertext, tag>`. The place is the
 * additional authenticated data, so whoever can write to the database still cannot move one
 * workspace's secret into another's row.
 *
 * @param keys the first encrypts, all decrypt
 */
export function createKeyRing(
	keys: readonly EncryptionKey[],
	random: (size: number) => Buffer = randomBytes,
): KeyRing {
	const [current] = keys;
	if (current === undefined) throw new Error('A key ring needs at least one key');

	return {
		currentKeyId: current.id,
		holds: (keyId) => keys.some(({ id }) => id === keyId),

		seal(plain, where) {
			const iv = random(IV_BYTES);
			const cipher = createCipheriv(ALGORITHM, current.key, iv, { authTagLength: TAG_BYTES });
			cipher.setAAD(associatedData(current.id, where));
			const sealed = Buffer.concat([
				iv,
				cipher.update(plain, 'utf8'),
				cipher.final(),
				cipher.getAuthTag(),
			]);
			return `${VERSION}.${current.id}.${sealed.toString('base64url')}`;
		},

		open(sealed, where) {
			const { keyId, bytes } = parse(sealed, where);
			const key = keys.find(({ id }) => id === keyId);
			if (key === undefined) {
				throw new SealedTextError(
					'unknown_key',
					`${placeName(where)} was sealed with key "${keyId}", which is not in HUB_ENCRYPTION_KEYS. ` +
						'Put that key back beside the current one.',
				);
			}
			const decipher = createDecipheriv(ALGORITHM, key.key, bytes.subarray(0, IV_BYTES), {
				authTagLength: TAG_BYTES,
			});
			decipher.setAAD(associatedData(key.id, where));
			decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
			try {
				const plain = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
				return Buffer.concat([plain, decipher.final()]).toString('utf8');
			} catch (cause) {
				throw new SealedTextError(
					'tampered',
					`${placeName(where)} does not open with key "${keyId}": the key's bytes differ from those ` +
						'that sealed it, or the text was changed or moved from another row.',
					{ cause },
				);
			}
		},
	};
}

function associatedData(keyId: string, { table, row, column, workspace }: SealedPlace): Buffer {
	return Buffer.from(JSON.stringify([VERSION, keyId, table, row, column, workspace]));
}

function parse(sealed: string, where: SealedPlace): { keyId: string; bytes: Buffer } {
	const [version, keyId = '', base64 = '', ...rest] = sealed.split('.');
	const bytes = Buffer.from(base64, 'base64url');
	const wellFormed =
		version === VERSION &&
		rest.length === 0 &&
		bytes.length >= IV_BYTES + TAG_BYTES &&
		// Node's decoder skips what it does not know; one text must mean one secret.
		bytes.toString('base64url') === base64;
	if (!wellFormed) {
		throw new SealedTextError('malformed', `${placeName(where)} does not hold a sealed text.`);
	}
	return { keyId, bytes };
}

function placeName({ table, row, column }: SealedPlace): string {
	return `${table}.${column} of ${row}`;
}
