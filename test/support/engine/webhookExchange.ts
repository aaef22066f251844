import type { IncomingMessage, ServerResponse } from 'node:http';
import { EventEmitter } from 'node:events';

import type * as express from 'express';

/** An HTTP request for a trigger's `webhook()`, as n8n prepares it. */
export interface WebhookRequest {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly rawBody: Buffer | string;
}

export interface WebhookResponse {
	readonly status: number;
	readonly body: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
}

/** An in-process pair of request and response; the promise resolves when the response ends. */
export function inProcessExchange(request: WebhookRequest): {
	request: express.Request;
	response: express.Response;
	answered: Promise<WebhookResponse>;
} {
	const rawBody = Buffer.from(request.rawBody);
	const headers = lowerCased(request.headers ?? {});
	const message = Object.assign(new EventEmitter(), { method: request.method ?? 'POST', headers });
	const sent: Record<string, string> = {};
	let settle: (answer: WebhookResponse) => void;
	const answered = new Promise<WebhookResponse>((resolve) => (settle = resolve));
	const response = Object.assign(new EventEmitter(), {
		statusCode: 200,
		writableEnded: false,
		status(code: number) {
			response.statusCode = code;
			return response;
		},
		setHeader(name: string, value: string) {
			sent[name.toLowerCase()] = value;
			return response;
		},
		end(body?: unknown) {
			response.writableEnded = true;
			settle({
				status: response.statusCode,
				body: body === undefined ? '' : String(body),
				headers: sent,
			});
			response.emit('close');
			return response;
		},
	});
	return {
		request: asN8nRequest(message as unknown as IncomingMessage, rawBody),
		response: response as unknown as express.Response,
		answered,
	};
}

/** What n8n adds to a request before a trigger sees it; `rawBody` holds the bytes as they came. */
export function asN8nRequest(message: IncomingMessage, rawBody: Buffer): express.Request {
	return Object.assign(message, {
		rawBody,
		body: parsed(rawBody),
		params: {},
		query: {},
		contentType: 'application/json',
		readRawBody: async () => {},
	}) as unknown as express.Request;
}

/** The little of Express's response that triggers use. */
export function asN8nResponse(response: ServerResponse): express.Response {
	return Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return response;
		},
	}) as unknown as express.Response;
}

function parsed(rawBody: Buffer): unknown {
	try {
		return JSON.parse(rawBody.toString('utf8'));
	} catch {
		return {};
	}
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}
