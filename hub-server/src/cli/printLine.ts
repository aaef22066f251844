/** What a command answers, for people and pipes. */
export function printLine(text: string): void {
	process.stdout.write(`${text}\n`);
}
