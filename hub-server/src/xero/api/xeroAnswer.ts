import { readAtMost } from './readAtMost';
import { readRefusedAnswer } from './refusedAnswer';
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
	if (answer.status >= 200 && answer.status < 300) return;
	const { status, sentence, rateLimit, isMissingScope } = await readRefusedAnswer(answer);
	if (rateLimit !== undefined) {
		const { problem: limit, retryAfterSeconds } = rateLimit;
		throw new XeroUnreachableError(
			`Xero's ${limit} limit is used up`,
			retryAfterSeconds ?? BACKOFF_SECONDS[limit],
			{ limit },
		);
	}
	if (status >= 500) throw new XeroUnreachableError(`Xero answered ${status}`);
	const isShutOut = status === 403 && sentence?.includes(NOT_CONNECTED) === true;
	throw new XeroRefusedError(`${status} ${sentence ?? ''}`.trim(), {
		closed: isMissingScope ? 'scope' : isShutOut ? 'organisation' : undefined,
	});
}

/** Detail of a 403 for an organisation that is not connected, or not any more (Xero staff, developer community 119166525). */
const NOT_CONNECTED = 'AuthenticationUnsuccessful';

/** Without a Retry-After, which Xero does not send with its limit of calls at a time. */
const BACKOFF_SECONDS = { concurrent: 2, minute: 60, day: 3_600 };
