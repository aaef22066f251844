/** A call about one thing. */
export const UNKNOWN = { 404: 'Nothing here that this key may see' } as const;

/** What stands between a call and a token of Xero's. */
export const NO_TOKEN = {
	403: 'The organisation is switched off, or an admin key without the workspace’s slug in X-Workspace',
	409: 'A person must reconnect, or Xero refuses the app keys',
	503: 'Xero cannot be asked now',
} as const;
