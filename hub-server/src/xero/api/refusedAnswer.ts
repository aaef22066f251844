import { isRefusedScope, readRefusal } from '../../../protocol/xero';
import { readAtMost } from './readAtMost';
import type { XeroApiAnswer } from './xeroApi';

/** Xero's no to a call as a whole, as far as it may be shown. */
export interface RefusedAnswer {
	readonly status: number;
	/** In Xero's own words; undefined where it says nothing that is known. */
	readonly sentence: string | undefined;
	/** A new token would be refused as well: only a new consent helps. */
	readonly isMissingScope: boolean;
	/** Which of its limits a 429 speaks of, as Xero names it in lower case. */
	readonly limit: string | undefined;
	readonly retryAfterSeconds: number | undefined;
}

/** Enough for any refusal; a gateway's page may be longer and says nothing. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** Xero's refusals, read as the nodes read them (`protocol/xero`). Reads the body, so nobody else can. */
export async function readRefusedAnswer(answer: XeroApiAnswer): Promise<RefusedAnswer> {
	const { status, headers } = answer;
	const text = (await readAtMost(answer.body, MAX_REFUSAL_BYTES)).toString();
	const problem = headers['x-rate-limit-problem'];
	return {
		status,
		sentence: readRefusal(parse(text)).sentences.join(' ') || undefined,
		isMissingScope: status === 401 && isRefusedScope(headers['www-authenticate'], text),
		limit: typeof problem === 'string' ? problem.toLowerCase() : undefined,
		retryAfterSeconds: secondsIn(headers['retry-after']),
	};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function secondsIn(header: string | string[] | undefined): number | undefined {
	const seconds = Number(header ?? Number.NaN);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
