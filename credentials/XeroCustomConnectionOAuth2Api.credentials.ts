import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { apiBaseUrlField, connectionsTest, hiddenField, tokenFields } from './oauthFields';
import { scopeFields } from './scopeFields';

/**
 * A Custom Connection: an app of one organisation, without a user and without consent in a browser.
 * Its scopes are chosen in Xero's portal too, and the request may name no others.
 */
export class XeroCustomConnectionOAuth2Api implements ICredentialType {
	name = 'xeroCustomConnectionOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Xero Custom Connection OAuth2 API';

	icon: Icon = { light: 'file:xeroHub.svg', dark: 'file:xeroHub.dark.svg' };

	documentationUrl =
		'https://github.com/xero-hub/n8n-nodes-xero-hub/blob/main/documentation/credentials.md';

	properties: INodeProperties[] = [
		hiddenField('Grant Type', 'grantType', 'clientCredentials'),
		...tokenFields,
		...scopeFields([]),
		apiBaseUrlField,
	];

	test = connectionsTest;
}
