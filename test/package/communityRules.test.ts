import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repositoryRoot';

/** n8n's rules as its scanner applies them to a published pack: deaf to every `eslint-disable`. */
function scan(args: readonly string[], input?: string) {
	const eslint = join(repositoryRoot, 'node_modules', '.bin', 'eslint');
	return spawnSync(eslint, ['--no-inline-config', '--max-warnings=0', ...args], {
		cwd: repositoryRoot,
		// Under NODE_ENV=test, as Jest sets it, n8n's rules take every file for one of their own fixtures.
		env: { ...process.env, NODE_ENV: '' },
		input,
		encoding: 'utf8',
	});
}

describe('the rules of n8n for community packages', () => {
	it('hold without exceptions', () => {
		const { status, stdout } = scan(['package.json', 'nodes', 'credentials']);

		expect(stdout).toBe('');
		expect(status).toBe(0);
	}, 60_000);

	it('are not talked out of by a comment', () => {
		const { status, stdout } = scan(
			['--stdin', '--stdin-filename', 'nodes/Xero/environment.ts'],
			'/* eslint-disable */\nexport const home = process.env.HOME;\n',
		);

		expect(stdout).toMatch(/no-restricted-globals/);
		expect(status).toBe(1);
	}, 60_000);
});
