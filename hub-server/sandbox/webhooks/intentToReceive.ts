import type { Random } from '../world/random';
import { buildPayload, signPayload } from './payload';
import type { Posted } from './postPayload';

export interface HandshakeCheck {
	readonly signature: string;
	readonly expectedStatus: 200 | 401;
	readonly status: number | null;
	readonly ms: number;
	/** In the portal's words; null when all is well. */
	readonly problem: string | null;
}

interface Probe {
	readonly signature: string;
	readonly expectedStatus: 200 | 401;
	spoil(correct: string): string;
}

/**
 * The checks of Xero's intent to receive: empty payloads, some signed well and some not. Two of the
 * wrong signatures differ from the right one in a single character, and one of those decodes to the
 * same bytes, so that a receiver has to compare the text.
 *
 * @see https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/
 */
export async function intentToReceive(
	webhookKey: string,
	random: Random,
	post: (body: string, signature: string) => Promise<Posted>,
): Promise<HandshakeCheck[]> {
	const checks: HandshakeCheck[] = [];
	for (const probe of PROBES) {
		const { body } = buildPayload([], 0, random);
		const posted = await post(body, probe.spoil(signPayload(body, webhookKey)));
		checks.push({
			signature: probe.signature,
			expectedStatus: probe.expectedStatus,
			status: posted.status ?? null,
			ms: posted.ms,
			problem: problemOf(posted, probe.expectedStatus),
		});
	}
	return checks;
}

/** What is wrong with an answer, in the words of Xero's portal; null when nothing is. */
export function problemOf(posted: Posted, expectedStatus: 200 | 401): string | null {
	if (posted.status === undefined) return posted.error ?? 'No response';
	if (posted.status !== expectedStatus) {
		return expectedStatus === 200
			? 'Response not 200'
			: 'Response to incorrectly signed payload not 401';
	}
	if (posted.hasBody) return 'Response contains a body';
	return posted.hasCookie ? 'Response contains a cookie' : null;
}

const PROBES: readonly Probe[] = [
	{ signature: 'wrong: made with another key', expectedStatus: 401, spoil: reversed },
	{
		signature: 'wrong: one character differs',
		expectedStatus: 401,
		spoil: (text) => replaceAt(text, 10, otherThan),
	},
	{ signature: 'correct', expectedStatus: 200, spoil: (text) => text },
	{
		signature: 'wrong: last character differs, same bytes',
		expectedStatus: 401,
		spoil: (text) => replaceAt(text, 42, sameBytes),
	},
	{ signature: 'correct', expectedStatus: 200, spoil: (text) => text },
];

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function reversed(text: string): string {
	return `${[...text.slice(0, -1)].reverse().join('')}=`;
}

function replaceAt(text: string, index: number, change: (character: string) => string): string {
	return text.slice(0, index) + change(text[index] as string) + text.slice(index + 1);
}

function otherThan(character: string): string {
	return character === 'A' ? 'B' : 'A';
}

/** The last character before the padding carries two bits that decoders drop. */
function sameBytes(character: string): string {
	return BASE64[BASE64.indexOf(character) ^ 1] as string;
}
