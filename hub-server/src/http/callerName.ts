import type { Response } from 'express';
import { apiKeyOf } from './authenticate';

export const ADMIN = 'admin key';

/** Who makes a call of the API, as the audit log names them. */
export function callerName(response: Response, workspaceSlug: string | undefined): string {
	const key = apiKeyOf(response);
	return key === undefined ? ADMIN : `API key “${key.name}” of ${workspaceSlug ?? 'a workspace'}`;
}
