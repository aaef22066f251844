import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';

import { PACK_VERSION } from './packVersion';
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
			'Xero-Hub-Client': `n8n-nodes-xero-hub/${PACK_VERSION}`,
			'Xero-Hub-Cause': causeOf(context),
			...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
			...call.headers,
		},
		body: call.body,
		...(call.wantsBytes === true ? { encoding: 'arraybuffer', json: false } : {}),
	};
}

/** `<workflow>/<node>/<name of the workflow>`, percent-encoded: an unsaved workflow has no id yet. */
function causeOf(context: RequestContext): string {
	const { id = '', name = '' } = context.getWorkflow();
	return [id, context.getNode().name, name].map(encodeURIComponent).join('/');
}
