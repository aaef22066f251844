import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const ENCRYPTION_KEY = 'only-for-the-test-engine';

/**
 * n8n-core reads these when it is first loaded, so this module is imported before it. Processes share
 * one settings folder, written whole before n8n looks, so that none reads another's half-written file.
 */
if (process.env.N8N_USER_FOLDER === undefined) {
	process.env.N8N_USER_FOLDER = join(tmpdir(), `n8n-engine-${userInfo().uid}`);
	process.env.N8N_ENCRYPTION_KEY = ENCRYPTION_KEY;
	const folder = join(process.env.N8N_USER_FOLDER, '.n8n');
	const config = join(folder, 'config');
	if (!existsSync(config)) {
		mkdirSync(folder, { recursive: true });
		const own = `${config}.${process.pid}`;
		writeFileSync(own, JSON.stringify({ encryptionKey: ENCRYPTION_KEY }), { mode: 0o600 });
		renameSync(own, config);
	}
}
process.env.N8N_LOG_LEVEL ??= 'silent';
