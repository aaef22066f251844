/** What a call of the API is in the audit log, by method and path; `*` stands for one part. */
const ACTIONS: Readonly<Record<string, string>> = {
	'POST /workspaces': 'workspace.created',
	'PATCH /workspaces/*': 'workspace.changed',
	'DELETE /workspaces/*': 'workspace.removed',
	'PUT /workspaces/*/app-keys': 'app_keys.saved',
	'POST /workspaces/*/app-keys/verify': 'app_keys.verified',
	'POST /workspaces/*/connect': 'organisation.connect_started',
	'POST /workspaces/*/api-keys': 'api_key.created',
	'POST /workspaces/*/api-keys/*/rotate': 'api_key.rotated',
	'DELETE /workspaces/*/api-keys/*': 'api_key.revoked',
	'PATCH /connections/*': 'organisation.changed',
	'DELETE /connections/*': 'organisation.removed',
	'POST /connections/*/reconnect': 'organisation.reconnect_started',
	'POST /subscriptions': 'subscription.saved',
	'DELETE /subscriptions/*': 'subscription.removed',
	'POST /subscriptions/*/rotate-secret': 'subscription.secret_rotated',
	'POST /deliveries/*/replay': 'delivery.replayed',
	'POST /replays': 'deliveries.replayed',
	// Secrets leave the hub.
	'GET /connections/*/token': 'token.read',
	'GET /connections/*/export': 'secrets.exported',
};

/** Change nothing of the hub's: what workflows do with their data. */
const UNAUDITED = ['POST /subscriptions/*/test', 'POST /deliveries/*/receipt'];

/**
 * What is written about a call that went well; undefined when nothing is.
 *
 * @param path below `/api/v1`
 */
export function auditedAction(method: string, path: string): string | undefined {
	if (/^\/xero\//i.test(path)) return undefined;
	const parts = path.replace(/\/$/, '').split('/');
	const known = (shape: string) => {
		const [verb, pattern = ''] = shape.split(' ');
		const expected = pattern.split('/');
		return (
			verb === method &&
			expected.length === parts.length &&
			expected.every((part, index) => part === '*' || part === parts[index]?.toLowerCase())
		);
	};
	const found = Object.entries(ACTIONS).find(([shape]) => known(shape));
	if (found !== undefined) return found[1];
	return method === 'GET' || method === 'HEAD' || UNAUDITED.some(known) ? undefined : 'api.change';
}
