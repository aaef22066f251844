import type { Request, Response } from 'express';
import type { Actor } from '../administration/Actor';
import { adminKeyOf, apiKeyOf, workspaceOf } from './authenticate';
import { clientNetwork } from './clientNetwork';

/** Who makes a call of the API, as the audit log names them. @param action what it calls what they do */
export function actorOf(request: Request, response: Response, action: string): Actor {
	const key = apiKeyOf(response);
	const admin = adminKeyOf(response);
	return {
		name:
			key === undefined
				? admin?.name === undefined
					? 'admin key'
					: `admin key “${admin.name}”`
				: `API key “${key.name}” of ${workspaceOf(response).slug}`,
		action,
		call: `${request.method} ${request.baseUrl}${request.path}`,
		from: clientNetwork(request),
		keyId: key?.id,
		adminKeyId: admin?.id,
	};
}
