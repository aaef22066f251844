import type { CountAsRead } from '../run/readMark';

/** What one item asks a list for. */
export interface ListQuery {
	/** `Infinity` for all. */
	readonly limit: number;
	readonly query: Readonly<Record<string, string>>;
	readonly ids: readonly string[];
	/** UTC, `YYYY-MM-DDTHH:MM:SS`. */
	readonly ifModifiedSince?: string;
	/** Gives out only what does not count as read yet, and says when that does. */
	readonly countAsRead?: CountAsRead;
}
