/** A step that takes longer says so, and again: a slow machine is not a broken one. */
const SAYS_EVERY_MS = 10_000;

/** Tells what happens, step by step, with the time each step took. */
export interface Story {
	/** Runs a step and tells how it went; what it throws ends the story. */
	step<T>(what: string, run: () => Promise<T>, detail?: (result: T) => string): Promise<T>;
	/** A line of its own. */
	say(line?: string): void;
}

export function createStory(print: (line: string) => void, now: () => number): Story {
	let number = 0;
	return {
		say: (line = '') => print(line),
		async step(what, run, detail) {
			number += 1;
			const label = `${String(number).padStart(2)}. ${what}`;
			const startedAt = now();
			const waiting = setInterval(() => {
				print(`      still at it, for ${Math.round((now() - startedAt) / 1_000)} s: ${what}`);
			}, SAYS_EVERY_MS);
			try {
				const result = await run();
				print(`${label.padEnd(64)} ${String(Math.round(now() - startedAt)).padStart(6)} ms`);
				if (detail) print(`      ${detail(result).replaceAll('\n', '\n      ')}`);
				return result;
			} catch (cause) {
				print(`${label.padEnd(64)} FAILED`);
				throw cause;
			} finally {
				clearInterval(waiting);
			}
		},
	};
}
