import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';

import type { RequestContext } from './RequestContext';

export interface HubCall {
	readonly method: IHttpRequestMethods;
	/** Below `/api/v1/`. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly headers?: IDataObject;
	readonly body?: string | Buffer;
	/** Keeps the answer as bytes. */
	readonly wantsBytes?: boolean;
}

/** A call to the hub of the node's credential. */
export async function hubRequest(
	context: RequestContext,
	call: HubCall,
): Promise<IHttpRequestOptions> {
	const { baseUrl } = await context.getCredentials('xeroHubApi');
	return {
		method: call.method,
		url: `${String(baseUrl).trim().replace(/\/+$/, '')}/api/v1/${call.path}`,
		qs: { ...call.query },
		headers: {
			Accept: 'application/json',
			...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
			...call.headers,
		},
		body: call.body,
		...(call.wantsBytes === true ? { encoding: 'arraybuffer', json: false } : {}),
	};
}
