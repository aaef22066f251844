import { isRefusedScope, readRateLimit, readRefusal, type RateLimit } from '../../../protocol/xero';
import { readAtMost } from './readAtMost';
import type { XeroApiAnswer } from './xeroApi';

/** Xero's no to a call as a whole, as far as it may be shown. */
export interface RefusedAnswer {
	readonly status: number;
	/** In Xero's own words; undefined where it says nothing that is known. */
	readonly sentence: string | undefined;
	/** A new token would be refused as well: only a new consent helps. */
	readonly isMissingScope: boolean;
	/** Of a 429. */
	readonly rateLimit: RateLimit | undefined;
}

/** Enough for any refusal; a gateway's page may be longer and says nothing. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** Xero's refusals, read as the nodes read them (`protocol/xero`). Reads the body, so nobody else can. */
export async function readRefusedAnswer(answer: XeroApiAnswer): Promise<RefusedAnswer> {
	const { status, headers } = answer;
	const text = (await readAtMost(answer.body, MAX_REFUSAL_BYTES)).toString();
	return {
		status,
		sentence: readRefusal(parse(text)).sentences.join(' ') || undefined,
		isMissingScope: status === 401 && isRefusedScope(headers['www-authenticate'], text),
		rateLimit: status === 429 ? readRateLimit(headers) : undefined,
	};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
