import { readHeaders } from './readHeaders';
import type { XeroReply } from './XeroTransport';

/**
 * What n8n's request helper threw, as a reply. n8n wraps the HTTP client's error once or twice; the
 * status, headers and body are on the innermost one.
 */
export function replyFromError(error: unknown): XeroReply {
	for (const layer of layersOf(error)) {
		const response = member(layer, 'response');
		const status = member(response, 'status') ?? member(response, 'statusCode');
		if (typeof status === 'number') {
			return {
				kind: 'answered',
				status,
				headers: readHeaders(member(response, 'headers')),
				body: member(response, 'data') ?? member(response, 'body'),
			};
		}
	}
	for (const layer of layersOf(error)) {
		const code = member(layer, 'code');
		if (member(layer, 'isAxiosError') === true || LOST_CODES.has(String(code))) {
			return { kind: 'lost', message: messageOf(layer) };
		}
	}
	return { kind: 'unsent', message: messageOf(error) };
}

/** Of Node's sockets and DNS, and of the HTTP client's time-out. */
const LOST_CODES: ReadonlySet<string> = new Set([
	'ECONNRESET',
	'ECONNREFUSED',
	'ECONNABORTED',
	'ETIMEDOUT',
	'EPIPE',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
]);

const MAX_LAYERS = 5;

function layersOf(error: unknown): unknown[] {
	const layers: unknown[] = [];
	for (
		let layer = error;
		typeof layer === 'object' && layer !== null && layers.length < MAX_LAYERS;
		layer = member(layer, 'cause') ?? member(layer, 'errorResponse')
	) {
		layers.push(layer);
	}
	return layers;
}

function member(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null
		? (value as Record<string, unknown>)[key]
		: undefined;
}

function messageOf(error: unknown): string {
	const message = member(error, 'message');
	return typeof message === 'string' && message !== '' ? message : String(error);
}
