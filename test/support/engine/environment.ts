import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * n8n-core reads these when it is first loaded, so this module is imported before it. Its settings
 * folder is the process's own and goes with the process.
 */
if (process.env.N8N_USER_FOLDER === undefined) {
	const folder = join(tmpdir(), `n8n-engine-${process.pid}`);
	process.env.N8N_USER_FOLDER = folder;
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-the-test-engine';
process.env.N8N_LOG_LEVEL ??= 'silent';
