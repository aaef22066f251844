/** A step that takes longer says so, and again: a slow machine is not a broken one. */
const SAYS_EVERY_MS = 10_000;

/** Tells what happens, step by step, with the time each step took. */
export interface Story {
	/**
	 * Runs a step and tells how it went; what it throws ends the story.
	 *
	 * @param run is given a way to say what it waits for, which is told while it takes long
	 */
	step<T>(
		what: string,
		run: (waitsFor: (what: string) => void) => Promise<T>,
		detail?: (result: T) => string,
	): Promise<T>;
	/** A line of its own. */
	say(line?: string): void;
}

/** @param stop no step begins once it is aborted */
export function createStory(
	print: (line: string) => void,
	now: () => number,
	stop?: AbortSignal,
): Story {
	let number = 0;
	return {
		say: (line = '') => print(line),
		async step(what, run, detail) {
			stop?.throwIfAborted();
			number += 1;
			const label = `${String(number).padStart(2)}. ${what}`;
			const startedAt = now();
			let waitsFor = `this: ${what}`;
			const waiting = setInterval(() => {
				const seconds = Math.round((now() - startedAt) / 1_000);
				print(`      ${seconds} s, waiting for ${waitsFor}`);
			}, SAYS_EVERY_MS);
			try {
				const result = await run((said) => (waitsFor = said));
				print(`${label.padEnd(64)} ${String(Math.round(now() - startedAt)).padStart(6)} ms`);
				if (detail) print(`      ${detail(result).replaceAll('\n', '\n      ')}`);
				return result;
			} catch (cause) {
				print(`${label.padEnd(64)} ${stop?.aborted ? 'STOPPED' : 'FAILED'}`);
				throw cause;
			} finally {
				clearInterval(waiting);
			}
		},
	};
}
