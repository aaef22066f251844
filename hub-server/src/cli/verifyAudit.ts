import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ChainVerdict } from '../audit/auditChain';
import { verifyExport } from '../audit/verifyExport';
import { loadConfig } from '../config/loadConfig';
import { backupKeyRing } from './backupKeyRing';
import { openAdministration } from './openAdministration';
import { printLine } from './printLine';
import { withStores } from './withStores';

/**
 * Says whether the audit log is as it was written; of an export with the encryption keys alone.
 *
 * @param file an export; undefined: the hub's own
 */
export async function verifyAudit(env: NodeJS.ProcessEnv, file: string | undefined): Promise<void> {
	if (file === undefined) {
		await withStores(env, async (stores, config) =>
			say(await openAdministration(stores, config).audit.verify()),
		);
		return;
	}
	const lines = () => createInterface({ input: createReadStream(file) });
	say(await verifyExport(lines, backupKeyRing(loadConfig(env))));
}

function say(verdict: ChainVerdict): void {
	if (!verdict.intact) {
		printLine(`Entry ${verdict.brokenAt} does not fit: ${verdict.reason}.`);
		process.exitCode = 1;
		return;
	}
	printLine(
		`All ${verdict.entries} entries are as they were written. The last hash is ${verdict.lastHash}`,
	);
	for (const { from, to } of verdict.unkeyed) {
		printLine(`Entries ${from} to ${to} are of an older version that had no key.`);
	}
}
