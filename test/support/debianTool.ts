import { execFileSync } from 'node:child_process';

/**
 * A command from Debian's packages, installed where it is missing and this user may.
 *
 * @throws Error that says what to install, so that the test fails rather than passes unrun
 */
export function debianTool(command: string, packageName = command): string {
	const found = pathOf(command);
	if (found !== undefined) return found;
	try {
		execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
		execFileSync('apt-get', ['install', '-y', '-qq', packageName], { stdio: 'ignore' });
	} catch (cause) {
		throw new Error(`This test needs ${command}: apt-get install ${packageName}`, { cause });
	}
	const installed = pathOf(command);
	if (installed === undefined) throw new Error(`${packageName} was installed without ${command}`);
	return installed;
}

function pathOf(command: string): string | undefined {
	try {
		return execFileSync('which', [command], { encoding: 'utf8' }).trim();
	} catch {
		return undefined;
	}
}
