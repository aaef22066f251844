/** What one check came to, for people. */
export interface Finding {
	/** What was looked at, such as `clock` or `acme: webhooks`. */
	readonly check: string;
	readonly verdict: 'ok' | 'warning' | 'wrong';
	readonly text: string;
	/** What to do; absent when all is well. */
	readonly todo?: string;
}

export const ok = (check: string, text: string): Finding => ({ check, verdict: 'ok', text });

export const warning = (check: string, text: string, todo: string): Finding => ({
	check,
	verdict: 'warning',
	text,
	todo,
});

export const wrong = (check: string, text: string, todo: string): Finding => ({
	check,
	verdict: 'wrong',
	text,
	todo,
});

/** The first sentence that a cause has to say. */
export function reasonOf(cause: unknown): string {
	const text = cause instanceof Error ? cause.message : String(cause);
	return text.split('\n')[0] ?? text;
}
