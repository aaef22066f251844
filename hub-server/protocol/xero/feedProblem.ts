/** A refusal of the Bank Feeds API, as a whole answer or beside one element of it. */
export interface FeedProblem {
	/** Such as `invalid-user-role`. */
	readonly type: string;
	/** Words, if there are any. */
	readonly title?: unknown;
	/** The HTTP status that it has, or would have alone. */
	readonly status?: unknown;
	/** Words, if there are any. */
	readonly detail?: unknown;
}

/** Bank Feeds writes `type` in small letters with dashes; the Accounting API writes `Type`. */
export function isFeedProblem(body: unknown): body is FeedProblem {
	if (typeof body !== 'object' || body === null || !('type' in body)) return false;
	return typeof body.type === 'string' && /^[a-z]+(-[a-z]+)+$/.test(body.type);
}

/** What it says, in Xero's words; its type where there are none. */
export function feedSentence({ type, title, detail }: FeedProblem): string {
	const said = [title, detail].filter(
		(words): words is string => typeof words === 'string' && words.trim() !== '',
	);
	return said.length > 0 ? said.join(': ') : `Xero refused it: ${type}`;
}
