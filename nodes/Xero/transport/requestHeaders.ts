import type { IDataObject } from 'n8n-workflow';

import type { XeroRequest } from '../messages/XeroRequest';

const JSON_TYPE = 'application/json';

/** Xero answers XML unless asked for JSON. */
export function requestHeaders(request: XeroRequest): IDataObject {
	return {
		Accept: request.accept ?? JSON_TYPE,
		...(request.body === undefined ? {} : { 'Content-Type': request.contentType ?? JSON_TYPE }),
		...(request.idempotencyKey === undefined ? {} : { 'Idempotency-Key': request.idempotencyKey }),
		...(request.ifModifiedSince === undefined
			? {}
			: { 'If-Modified-Since': request.ifModifiedSince }),
	};
}

/** Whether the answer is a file, to be kept as bytes. */
export function wantsBytes({ accept }: XeroRequest): boolean {
	return accept !== undefined && accept !== JSON_TYPE;
}
