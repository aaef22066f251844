import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Puts a packed community package where n8n's own installer puts it, in the shape it leaves behind:
 * n8n drops the development and peer dependencies before it installs the rest, and ours has no rest.
 *
 * @param userFolder n8n's `N8N_USER_FOLDER`, before the server starts
 */
export async function installPack(
	tarball: string,
	name: string,
	userFolder: string,
): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', name);
	mkdirSync(folder, { recursive: true });
	await promisify(execFile)('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);

	const manifest = join(folder, 'package.json');
	const content = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
	delete content.devDependencies;
	delete content.peerDependencies;
	writeFileSync(manifest, JSON.stringify(content, null, 2));
}
