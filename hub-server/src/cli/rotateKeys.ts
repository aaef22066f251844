import type { Config } from '../config/Config';
import type { Stores } from '../hub/openStores';
import { keyFilePath, prependKey } from '../secrets/keyFile';
import { countByKey, resealSecrets } from '../secrets/resealSecrets';

export interface RotatedKeys {
	readonly currentKeyId: string;
	readonly resealed: number;
	/** Older keys that some secrets need still. */
	readonly stillUnder: readonly string[];
}

/**
 * Brings every secret under the newest key while hubs are at work. With a key file it makes that key
 * first, unless an earlier run was interrupted: then it goes on with what is left.
 *
 * @param say one line for the operator
 */
export async function rotateKeys(
	{ database: { db }, keyRing }: Pick<Stores, 'database' | 'keyRing'>,
	config: Pick<Config, 'dataDir' | 'encryptionKeys'>,
	say: (line: string) => void,
): Promise<RotatedKeys> {
	const staleKeys = async () =>
		[...(await countByKey(db)).keys()].filter((id) => id !== keyRing.currentKeyId);

	if ((await staleKeys()).length === 0) {
		if (config.encryptionKeys !== undefined) {
			say(
				`Every secret is under ${keyRing.currentKeyId}, the first of HUB_ENCRYPTION_KEYS. To rotate, put a ` +
					'new key first, keep the others behind it, restart the hubs, and run this again.',
			);
			return { currentKeyId: keyRing.currentKeyId, resealed: 0, stillUnder: [] };
		}
		const path = keyFilePath(config);
		say(`Added key ${prependKey(path)} to ${path}. Back the file up now.`);
	}

	const resealed = await resealSecrets({
		db,
		keyRing,
		onProgress: (count) => say(`${count} secrets sealed anew …`),
	});
	const left = await staleKeys();
	say(`${resealed} secrets are now under ${keyRing.currentKeyId}.`);
	say(
		left.length === 0
			? 'No secret needs an older key. Keep those for as long as you keep backups from before.'
			: `Still under older keys: ${left.join(', ')}. Run this again when every hub has the new key.`,
	);
	return { currentKeyId: keyRing.currentKeyId, resealed, stillUnder: left };
}
