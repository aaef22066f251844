import { CommanderError } from 'commander';
import { createProgram } from './createProgram';
import { createTerminal } from './Terminal';

async function main(): Promise<void> {
	const terminal = createTerminal(process.argv.includes('--json'), process);
	try {
		await createProgram(process.env, terminal).parseAsync(process.argv);
	} catch (cause) {
		// Help and version have been printed.
		if (cause instanceof CommanderError && cause.exitCode === 0) return;
		terminal.refuse(cause);
		process.exitCode = 1;
	}
}

void main();
