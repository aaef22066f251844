import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A command from Debian's packages, installed where it is missing and this user may.
 *
 * @throws Error that says what to install, so that the test fails rather than passes unrun
 */
export function debianTool(command: string, packageName = command): string {
	const found = pathOf(command);
	if (found !== undefined) return found;
	try {
		aptGet('update', '-qq');
		aptGet('install', '-y', '-qq', packageName);
	} catch (cause) {
		throw new Error(`This test needs ${command}: apt-get install ${packageName}`, { cause });
	}
	const installed = pathOf(command);
	if (installed === undefined) throw new Error(`${packageName} was installed without ${command}`);
	return installed;
}

/** One after the other: the workers of a test run may all miss something at once. */
function aptGet(...args: readonly string[]): void {
	execFileSync('flock', [join(tmpdir(), 'xero-hub-apt-get.lock'), 'apt-get', ...args], {
		stdio: 'ignore',
	});
}

function pathOf(command: string): string | undefined {
	try {
		return execFileSync('which', [command], { encoding: 'utf8' }).trim();
	} catch {
		return undefined;
	}
}
