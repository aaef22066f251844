import type { IDataObject } from 'n8n-workflow';

import type { XeroRequest } from './XeroTransport';

/** Xero answers XML unless asked for JSON. */
export function requestHeaders(request: XeroRequest): IDataObject {
	return {
		Accept: 'application/json',
		...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
		...(request.idempotencyKey === undefined ? {} : { 'Idempotency-Key': request.idempotencyKey }),
		...(request.ifModifiedSince === undefined
			? {}
			: { 'If-Modified-Since': request.ifModifiedSince }),
	};
}
