import type { CommanderError } from 'commander';
import { type Command } from 'commander';
import { CommandError } from './CommandError';
import { HELP_EXAMPLES } from './helpExamples';
import type { Terminal } from './Terminal';

/**
 * What every command has in common: the same way to refuse what was typed wrongly, and examples in its help.
 * Commander's own words go to nobody; they are thrown instead.
 */
export function addUsage(program: Command, { isJson }: Pick<Terminal, 'isJson'>): void {
	for (const command of everyCommand(program)) {
		const examples = HELP_EXAMPLES[wordsOf(command)];
		if (examples !== undefined) {
			command.addHelpText('after', `\nExamples:\n${examples.map((one) => `  ${one}\n`).join('')}`);
		}
		command.configureHelp({ showGlobalOptions: true });
		command.configureOutput({
			outputError: () => undefined,
			...(isJson && { writeErr: () => undefined }),
		});
		command.exitOverride((fault) => {
			if (fault.exitCode === 0) throw fault;
			throw usageError(command, fault);
		});
	}
}

/** The program itself, and every command of it. */
export function everyCommand(program: Command): readonly Command[] {
	return [program, ...program.commands.flatMap((command) => everyCommand(command))];
}

/** Such as `api-key create`; empty for the program. */
export function wordsOf(command: Command): string {
	const above = command.parent === null ? '' : wordsOf(command.parent);
	return command.parent === null ? '' : `${above} ${command.name()}`.trim();
}

function usageError(command: Command, fault: CommanderError): CommandError {
	const help = `xero-hub ${wordsOf(command)} --help`.replace('  ', ' ');
	const names = command.commands.map((one) => one.name()).join(', ');
	if (fault.code === 'commander.help') {
		return new CommandError('usage', `Say what to do: ${names}.`, `How: ${help}`);
	}
	const [said = '', suggestion = ''] = fault.message.replace(/^error: /, '').split('\n');
	const message = `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, '')}.`;
	const meant = /\(Did you mean (.*)\?\)/.exec(suggestion)?.[1];
	const isUnknown = fault.code === 'commander.unknownCommand';
	const listed = isUnknown ? `There are: ${names}. ` : '';
	const first = meant === undefined ? listed : `Did you mean ${meant}? `;
	return new CommandError('usage', message, `${first}How: ${help}`);
}
