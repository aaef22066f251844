import type { IDataObject } from 'n8n-workflow';

import { explainReply } from '../errors/explainReply';
import { success, refuse } from '../errors/failure';
import { exchange } from './exchange';
import type { RequestContext } from './RequestContext';
import { requestHeaders, wantsBytes } from './requestHeaders';
import type { Organisation, XeroTransport } from './XeroTransport';

/** A user's consent, or an app of one organisation without one. */
export type DirectCredential = 'xeroAccountingOAuth2Api' | 'xeroCustomConnectionOAuth2Api';

/** Straight to Xero; n8n keeps, refreshes and signs with the token. */
export function directTransport(
	context: RequestContext,
	credential: DirectCredential,
): XeroTransport {
	const baseUrl = async () => {
		const { apiBaseUrl } = await context.getCredentials(credential);
		return String(apiBaseUrl).replace(/\/+$/, '');
	};

	return {
		route: 'direct',

		async send(request) {
			return await exchange(context, credential, {
				method: request.method,
				url: `${await baseUrl()}/${request.path}`,
				qs: { ...request.query },
				headers: { ...requestHeaders(request), 'Xero-Tenant-Id': request.tenantId },
				body: request.body,
				...(wantsBytes(request) ? { encoding: 'arraybuffer', json: false } : {}),
			});
		},

		async organisations() {
			const reply = await exchange(context, credential, {
				method: 'GET',
				url: `${await baseUrl()}/connections`,
				headers: { Accept: 'application/json' },
			});
			if (reply.kind === 'answered' && reply.status === 200 && Array.isArray(reply.body)) {
				return success(reply.body.filter(isOrganisation).map(readConnection));
			}
			return refuse(explainReply(reply, { route: 'direct', nowMs: Date.now() }).failure);
		},
	};
}

/** Practices are connections too, but have no books. */
function isOrganisation(connection: IDataObject): boolean {
	return connection.tenantType === undefined || connection.tenantType === 'ORGANISATION';
}

function readConnection(connection: IDataObject): Organisation {
	const tenantId = String(connection.tenantId);
	return { tenantId, name: String(connection.tenantName ?? tenantId) };
}
