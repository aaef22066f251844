import type { DirectCredential } from './directTransport';

/** By the node's `authentication` parameter; everything else, and what is read from the hub, goes through it. */
export const DIRECT_CREDENTIALS: ReadonlyMap<string, DirectCredential> = new Map([
	['oAuth2', 'xeroAccountingOAuth2Api'],
	['customConnection', 'xeroCustomConnectionOAuth2Api'],
]);
