import { readAtMost } from './readAtMost';
import type { XeroApiAnswer } from './xeroApi';
import { XeroRefusedError, XeroUnreachableError } from '../../errors/xeroErrors';

/** The largest page of records that the hub itself asks for stays well below. */
const MAX_JSON_BYTES = 32 * 1024 * 1024;

/**
 * The body of a 200, parsed.
 *
 * @throws XeroUnreachableError for 429, 5xx and what is not JSON: a gateway in trouble answers pages
 * @throws XeroRefusedError for every other status, in Xero's words
 */
export async function readJson(answer: XeroApiAnswer): Promise<unknown> {
	await requireOk(answer);
	const text = (await readAtMost(answer.body, MAX_JSON_BYTES)).toString();
	try {
		return JSON.parse(text);
	} catch {
		throw new XeroUnreachableError('Xero answered with something that is not JSON');
	}
}

/** Passes any 2xx and leaves its body unread. @throws as {@link readJson} */
export async function requireOk(answer: XeroApiAnswer): Promise<void> {
	const { status, headers, body } = answer;
	if (status >= 200 && status < 300) return;
	const text = (await readAtMost(body, 64 * 1024)).toString();
	if (status === 429) {
		const problem = headers['x-rate-limit-problem'];
		const limit = typeof problem === 'string' ? `${problem.toLowerCase()} limit` : 'rate limit';
		throw new XeroUnreachableError(
			`Xero's ${limit} is used up`,
			retryAfterSeconds(answer) ?? CONCURRENT_BACKOFF_SECONDS,
		);
	}
	if (status >= 500) throw new XeroUnreachableError(`Xero answered ${status}`);
	throw new XeroRefusedError(`${status} ${reasonIn(text)}`.trim());
}

/** Xero sends no Retry-After with its limit of calls at a time. */
const CONCURRENT_BACKOFF_SECONDS = 2;

function retryAfterSeconds({ headers }: XeroApiAnswer): number | undefined {
	const seconds = Number(headers['retry-after'] ?? Number.NaN);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/** `Detail` of an access refusal or `Message` of an API exception; older answers use lower case. */
function reasonIn(text: string): string {
	try {
		const body = JSON.parse(text) as Record<string, unknown> | null;
		const reason = body?.['Detail'] ?? body?.['detail'] ?? body?.['Message'] ?? body?.['message'];
		return typeof reason === 'string' ? reason : '';
	} catch {
		return '';
	}
}
