/** Resolves when the user presses Ctrl-C or the process is asked to stop. */
export function untilStopSignal(): Promise<void> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
	});
}
