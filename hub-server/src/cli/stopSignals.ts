export interface StopSignals {
	/** Resolves when the process is asked to stop. */
	readonly first: Promise<void>;
	/** Aborted when it is asked again: whoever asks is in a hurry. */
	readonly second: AbortSignal;
}

/** Takes SIGINT and SIGTERM from now on; neither ends the process by itself any more. */
export function stopSignals(): StopSignals {
	const first = Promise.withResolvers<void>();
	const second = new AbortController();
	let isAsked = false;
	function asked(): void {
		if (isAsked) second.abort();
		isAsked = true;
		first.resolve();
	}
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, asked);
	return { first: first.promise, second: second.signal };
}
