import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';

/** Where Xero gives tokens, and how it wants an app's id and secret: in the Authorization header. */
export const tokenFields: INodeProperties[] = [
	hiddenField('Access Token URL', 'accessTokenUrl', 'https://identity.xero.com/connect/token'),
	hiddenField('Authentication', 'authentication', 'header'),
];

/** Xero's API; only the sandbox has another address. */
export const apiBaseUrlField = hiddenField('API Base URL', 'apiBaseUrl', 'https://api.xero.com');

/** The organisations that the connection reaches. */
export const connectionsTest: ICredentialTestRequest = {
	request: { baseURL: '={{$credentials.apiBaseUrl}}', url: '/connections' },
};

/** What n8n's own OAuth2 needs to know, and nobody has to fill in. */
export function hiddenField(displayName: string, name: string, initial: string): INodeProperties {
	return { displayName, name, type: 'hidden', default: initial };
}
