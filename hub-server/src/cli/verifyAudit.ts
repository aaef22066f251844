import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { ChainVerdict } from '../audit/auditChain';
import { verifyExport } from '../audit/verifyExport';
import { loadConfig } from '../config/loadConfig';
import { backupKeyRing } from './backupKeyRing';
import { openAdministration } from './openAdministration';
import { withHub } from './withHub';

/**
 * Says whether the audit log is as it was written; of an export with the encryption keys alone.
 *
 * @param file an export; undefined: the hub's own
 */
export async function verifyAudit(
	env: NodeJS.ProcessEnv,
	file: string | undefined,
): Promise<ChainVerdict> {
	if (file === undefined) {
		return await withHub(env, (stores, config) =>
			openAdministration(stores, config).audit.verify(),
		);
	}
	await access(file);
	const lines = () => createInterface({ input: createReadStream(file) });
	return await verifyExport(lines, backupKeyRing(loadConfig(env)));
}

export function describeVerdict(verdict: ChainVerdict): readonly string[] {
	if (!verdict.intact) return [`Entry ${verdict.brokenAt} does not fit: ${verdict.reason}.`];
	return [
		`All ${verdict.entries} entries are as they were written. The last hash is ${verdict.lastHash}`,
		...verdict.unkeyed.map(
			({ from, to }) => `Entries ${from} to ${to} are of an older version that had no key.`,
		),
	];
}
