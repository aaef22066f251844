import { isRefusedScope } from '../../xero/api/refusedScope';

/** What xero-node rejected with, as far as it may be known: no token, no request. */
export interface XeroFailure {
	/** Undefined when nothing was answered. */
	readonly status: number | undefined;
	readonly body: unknown;
	/** Node's or axios's. */
	readonly code: string | undefined;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** It is a JSON text with Xero's answer in it, an Error, or an error of its HTTP client. */
export function readXeroFailure(cause: unknown): XeroFailure {
	const value = record(typeof cause === 'string' ? parse(cause) : cause);
	const response = record(value['response']);
	const status = [response['statusCode'], response['status'], value['statusCode']].find(
		(one) => typeof one === 'number',
	);
	const code = value['code'];
	return {
		status,
		body: value['body'] ?? response['body'] ?? response['data'],
		code: typeof code === 'string' ? code : undefined,
		headers: record(response['headers']) as XeroFailure['headers'],
	};
}

/** A 401 that a new token may heal: Xero ended the old one early, or never knew it. */
export function isRefusedToken(failure: XeroFailure): boolean {
	return failure.status === 401 && !isMissingScope(failure);
}

/** A 401 that only a new consent heals. */
export function isMissingScope({ status, headers, body }: XeroFailure): boolean {
	const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	return status === 401 && isRefusedScope(headers['www-authenticate'], text);
}

/** Xero's own sentence, wherever its several error shapes put it. */
export function xeroSentence(body: unknown): string | undefined {
	const fields = record(typeof body === 'string' ? parse(body) : body);
	const said = [fields['Detail'], fields['detail'], fields['Message'], fields['message']].find(
		(one): one is string => typeof one === 'string' && one !== '',
	);
	return said?.slice(0, 300);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
