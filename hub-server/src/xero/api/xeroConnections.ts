import { z } from 'zod';
import type { XeroConnection } from '../connections/XeroConnection';
import type { GrantUse, XeroApi, XeroApiAnswer, XeroApiRequest } from './xeroApi';
import { readJson, requireOk } from './xeroAnswer';
import { XeroUnreachableError } from '../../errors/xeroErrors';

/** Xero's `/connections`. Throws as `readJson` and `XeroApi.send` do. */
export interface XeroConnections {
	/**
	 * @param authEventId narrows the list to what was chosen in one consent: the access token's claim
	 * `authentication_event_id`
	 */
	list(use: GrantUse, authEventId?: string): Promise<XeroConnection[]>;
	/** Also resolves when Xero does not know the connection any more. */
	remove(use: GrantUse, xeroConnectionId: string): Promise<void>;
	/** The same for a token that is in no vault yet. */
	withToken(accessToken: string): {
		list(authEventId?: string): Promise<XeroConnection[]>;
		remove(xeroConnectionId: string): Promise<void>;
	};
}

type Send = (request: Omit<XeroApiRequest, keyof GrantUse>) => Promise<XeroApiAnswer>;

const ConnectionList = z.array(
	z.object({
		id: z.string().min(1),
		tenantId: z.string().toLowerCase().min(1),
		tenantName: z.string().nullish().default(null),
		tenantType: z.string().default('ORGANISATION'),
	}),
);

export function createXeroConnections({ api }: { readonly api: XeroApi }): XeroConnections {
	const through = ({ grantId, workspaceId }: GrantUse) =>
		over((request) => api.send({ ...request, grantId, workspaceId }));
	return {
		list: (use, authEventId) => through(use).list(authEventId),
		remove: (use, xeroConnectionId) => through(use).remove(xeroConnectionId),
		withToken: (accessToken) => over((request) => api.sendAs(accessToken, request)),
	};
}

function over(send: Send): ReturnType<XeroConnections['withToken']> {
	return {
		async list(authEventId) {
			const query = authEventId === undefined ? '' : `?${new URLSearchParams({ authEventId })}`;
			const answer = await send({
				method: 'GET',
				path: `/connections${query}`,
				headers: { accept: 'application/json' },
			});
			const parsed = ConnectionList.safeParse(await readJson(answer));
			if (!parsed.success) throw new XeroUnreachableError('Xero answered no list of connections');
			return parsed.data;
		},

		async remove(xeroConnectionId) {
			const answer = await send({
				method: 'DELETE',
				path: `/connections/${encodeURIComponent(xeroConnectionId)}`,
			});
			if (answer.status !== 404) await requireOk(answer);
			answer.body.resume();
		},
	};
}
