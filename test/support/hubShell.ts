import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { XERO_HUB } from './hubProcess';
import { nodeBinary } from './nodeBinary';
import { startProcess, type StartedProcess } from './processes';

/** A shell in which `xero-hub` is a command, as on an operator's machine. */
export interface HubShell {
	/**
	 * Runs a script, every command of which must succeed.
	 *
	 * @returns what it printed
	 * @throws Error with all that it said
	 */
	run(script: string): Promise<string>;
	/** Runs a command that stays. */
	start(script: string): StartedProcess;
}

/**
 * @param folder for the command itself, below `bin`
 * @param cwd where scripts run; default: the folder
 */
export function hubShell(
	folder: string,
	env: Readonly<Record<string, string>>,
	cwd = folder,
): HubShell {
	const bin = join(folder, 'bin');
	mkdirSync(bin, { recursive: true });
	const command = `#!/bin/sh\nexec "${nodeBinary}" "${XERO_HUB}" "$@"\n`;
	writeFileSync(join(bin, 'xero-hub'), command, { mode: 0o755 });
	const { PATH = '', HOME = '' } = process.env;
	const whole = { PATH: `${bin}:${dirname(nodeBinary)}:${PATH}`, HOME, ...env };

	return {
		async run(script) {
			try {
				const options = { cwd, env: whole };
				const { stdout } = await promisify(execFile)('sh', ['-eu', '-c', script], options);
				return stdout;
			} catch (cause) {
				const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
				throw new Error(`${script}\n${stdout}${stderr}`, { cause });
			}
		},
		start: (script) =>
			startProcess({
				name: script,
				command: 'sh',
				args: ['-c', `exec ${script}`],
				env: whole,
				cwd,
			}),
	};
}
