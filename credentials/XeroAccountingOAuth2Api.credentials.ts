import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { scopeFields } from './scopeFields';

/**
 * Your own Xero app ("Web app"), with n8n keeping the tokens. Xero takes the client id and secret of
 * such an app in the Authorization header, and PKCE only from another kind of app.
 */
export class XeroAccountingOAuth2Api implements ICredentialType {
	name = 'xeroAccountingOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Xero Accounting OAuth2 API';

	icon: Icon = { light: 'file:xeroHub.svg', dark: 'file:xeroHub.dark.svg' };

	documentationUrl =
		'https://github.com/xero-hub/n8n-nodes-xero-hub/blob/main/documentation/credentials.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: 'https://login.xero.com/identity/connect/authorize',
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: 'https://identity.xero.com/connect/token',
			required: true,
		},
		...scopeFields(['offline_access']),
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'hidden',
			default: 'https://api.xero.com',
		},
	];

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.apiBaseUrl}}', url: '/connections' },
	};
}
