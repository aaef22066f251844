import { createStory, type Story } from './story';

/** What a demo is given by the command that plays it. */
export interface Demo {
	readonly story: Story;
	/** Aborted by Ctrl-C, or when the process is asked to stop. */
	readonly stop: AbortSignal;
	/** `--once`: it ends after its story. */
	readonly isOnce: boolean;
	/** Stays up until `stop`: from here on it is for the demo to close what it opened. */
	untilStopped(): Promise<void>;
}

/** As a shell has it for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Plays a demo from the command line, and leaves nothing behind however it ends. Before the story is over, a stop also ends the
 * programs that a step may still be waiting for: nobody else knows them yet.
 *
 * The exit code is 0 when the story was told, 130 when it was stopped before, 1 when it failed.
 */
export async function runDemo(play: (demo: Demo) => Promise<void>): Promise<void> {
	const stopping = new AbortController();
	let isTold = false;
	// npm passes a Ctrl-C on that the terminal has sent already: the second must not cut the first short.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			if (stopping.signal.aborted) return;
			process.stdout.write('\nStopping …\n');
			stopping.abort(new Error('Stopped'));
			if (!isTold) for (const started of globalThis.startedProcesses ?? []) void started.stop();
		});
	}
	const print = (line: string) => process.stdout.write(`${line}\n`);
	const now = () => performance.now();
	try {
		await play({
			story: createStory(print, now, stopping.signal),
			stop: stopping.signal,
			isOnce: process.argv.includes('--once'),
			async untilStopped() {
				isTold = true;
				if (stopping.signal.aborted) return;
				await new Promise<void>((resolve) => {
					stopping.signal.addEventListener('abort', () => resolve(), { once: true });
				});
			},
		});
	} catch (cause) {
		if (stopping.signal.aborted && !isTold) {
			process.exitCode = INTERRUPTED;
			return;
		}
		const why = cause instanceof Error ? cause.message : String(cause);
		process.stderr.write(`\nThe demo failed: ${why}\n`);
		process.exitCode = 1;
	}
}
