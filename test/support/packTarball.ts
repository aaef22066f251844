import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from './repositoryRoot';

/**
 * Packs the built node pack as `npm publish` would.
 *
 * @param folder where the tarball goes
 * @returns its path
 */
export async function packTarball(folder: string): Promise<string> {
	const { stdout } = await promisify(execFile)(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: repositoryRoot },
	);
	const [packed] = JSON.parse(stdout) as readonly [{ readonly filename: string }];
	return join(folder, packed.filename);
}
