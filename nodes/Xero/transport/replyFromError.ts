import { member } from '../../../hub-server/protocol/xero';
import type { XeroReply } from '../messages/XeroReply';
import { readBody } from './readBody';
import { readHeaders } from './readHeaders';

/**
 * What n8n's request helper threw, as a reply. n8n wraps the HTTP client's error once or twice; the
 * status, headers and body are on the innermost one.
 */
export function replyFromError(error: unknown): XeroReply {
	for (const layer of layersOf(error)) {
		const response = member(layer, 'response');
		const status = member(response, 'status') ?? member(response, 'statusCode');
		if (typeof status === 'number') {
			const headers = readHeaders(member(response, 'headers'));
			const body = member(response, 'data') ?? member(response, 'body');
			return { kind: 'answered', status, headers, body: readBody(status, headers, body) };
		}
	}
	for (const layer of layersOf(error)) {
		const words = LOST_WORDS[String(member(layer, 'code'))];
		if (words !== undefined) return { kind: 'lost', message: words };
		if (member(layer, 'isAxiosError') === true) {
			return { kind: 'lost', message: 'the connection broke' };
		}
	}
	return { kind: 'unsent', message: messageOf(error) };
}

/**
 * Codes of Node's sockets and DNS, and of the HTTP client's time-out. In words, because n8n replaces
 * every message that holds such a code by a general one.
 */
const LOST_WORDS: Readonly<Record<string, string>> = {
	ECONNRESET: 'the connection was closed',
	EPIPE: 'the connection was closed',
	ECONNREFUSED: 'the connection was refused',
	ECONNABORTED: 'it took too long',
	ETIMEDOUT: 'it took too long',
	EHOSTUNREACH: 'its address cannot be reached',
	ENETUNREACH: 'its address cannot be reached',
	ENOTFOUND: 'its name is not known',
	EAI_AGAIN: 'its name could not be looked up',
};

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

function messageOf(error: unknown): string {
	const message = member(error, 'message');
	return typeof message === 'string' && message !== '' ? message : String(error);
}
