import type { IHttpRequestOptions } from 'n8n-workflow';

import type { XeroReply } from '../messages/XeroReply';
import { readBody } from './readBody';
import { readHeaders } from './readHeaders';
import { replyFromError } from './replyFromError';
import type { RequestContext } from './RequestContext';

/** A batch of 50 invoices can keep Xero busy for many seconds. */
const TIMEOUT_MS = 120_000;

/**
 * One authenticated request through n8n, whatever its status as a value.
 *
 * Error statuses are left to n8n to throw, because it refreshes an OAuth2 token only then.
 */
export async function exchange(
	context: RequestContext,
	credentialType: string,
	request: IHttpRequestOptions,
): Promise<XeroReply> {
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			credentialType,
			{ timeout: TIMEOUT_MS, ...request, returnFullResponse: true },
		);
		return readResponse(response);
	} catch (error) {
		return replyFromError(error);
	}
}

function readResponse(response: unknown): XeroReply {
	const full = response as { statusCode?: number; headers?: unknown; body?: unknown };
	const status = full.statusCode ?? 200;
	const headers = readHeaders(full.headers);
	return { kind: 'answered', status, headers, body: readBody(status, headers, full.body) };
}
