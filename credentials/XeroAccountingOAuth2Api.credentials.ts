import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { apiBaseUrlField, connectionsTest, hiddenField, tokenFields } from './oauthFields';
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
		hiddenField('Grant Type', 'grantType', 'authorizationCode'),
		hiddenField(
			'Authorization URL',
			'authUrl',
			'https://login.xero.com/identity/connect/authorize',
		),
		...tokenFields,
		...scopeFields(['offline_access']),
		hiddenField('Auth URI Query Parameters', 'authQueryParameters', ''),
		apiBaseUrlField,
	];

	test = connectionsTest;
}
