export interface EventuallyOptions {
	/** Default: 30 000. */
	readonly timeoutMs?: number;
	/** Default: 100. */
	readonly intervalMs?: number;
}

/**
 * Asks until there is an answer: for programs that tell nobody when they are done.
 *
 * @param what completes "Waited 30 s for …"
 * @param ask its `undefined` means not yet; what it throws ends the wait
 */
export async function eventually<T>(
	what: string,
	ask: () => Promise<T | undefined>,
	{ timeoutMs = 30_000, intervalMs = 100 }: EventuallyOptions = {},
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}`);
		await new Promise((wake) => setTimeout(wake, intervalMs));
	}
}
