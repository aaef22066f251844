/** What became of one call to Xero, of few kinds: a metric has a line for each. */
export const CALL_OUTCOMES = [
	'ok',
	'unauthorized',
	'rate_limited',
	'refused',
	'failed',
	'timeout',
	'unreachable',
	'cancelled',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** Xero's APIs, by the first part of the path. */
export const XERO_APIS = [
	'accounting',
	'connections',
	'payroll',
	'files',
	'assets',
	'projects',
	'bankfeeds',
	'other',
] as const;
export type XeroApiName = (typeof XERO_APIS)[number];

const BY_FOLDER: Readonly<Record<string, XeroApiName>> = {
	'api.xro': 'accounting',
	connections: 'connections',
	'payroll.xro': 'payroll',
	'files.xro': 'files',
	'assets.xro': 'assets',
	'projects.xro': 'projects',
	'bankfeeds.xro': 'bankfeeds',
};

/** @param path with a leading slash */
export function apiOfPath(path: string): XeroApiName {
	const folder = /^\/([^/?]*)/.exec(path)?.[1] ?? '';
	return Object.hasOwn(BY_FOLDER, folder) ? (BY_FOLDER[folder] as XeroApiName) : 'other';
}

/** @param status of Xero's answer */
export function outcomeOfStatus(status: number): CallOutcome {
	if (status < 400) return 'ok';
	if (status === 401) return 'unauthorized';
	if (status === 429) return 'rate_limited';
	return status < 500 ? 'refused' : 'failed';
}
