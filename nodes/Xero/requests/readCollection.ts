import type { IDataObject } from 'n8n-workflow';

import { answerTime } from '../../../hub-server/protocol/xero';
import type { XeroReply } from '../messages/XeroReply';

export interface CollectionPage {
	readonly records: readonly IDataObject[];
	/** Absent where Xero sends no `pagination`. */
	readonly pageCount?: number;
	/** Xero's time of the answer, in Unix milliseconds; absent where it says none. */
	readonly clockMs?: number;
}

/** The records of a successful list answer; `undefined` for any other answer. */
export function readCollection(reply: XeroReply, name: string): CollectionPage | undefined {
	if (reply.kind !== 'answered') return undefined;
	// Xero answers If-Modified-Since with nothing new as an empty list; a 304 means the same.
	if (reply.status === 304) return { records: [], pageCount: 1 };
	if (reply.status !== 200 || typeof reply.body !== 'object' || reply.body === null)
		return undefined;
	const body = reply.body as Record<string, unknown>;
	const records = body[name];
	if (!Array.isArray(records)) return undefined;
	const pageCount = (body.pagination as { pageCount?: unknown } | undefined)?.pageCount;
	return {
		records,
		pageCount: typeof pageCount === 'number' ? pageCount : undefined,
		clockMs: answerTime(body),
	};
}
