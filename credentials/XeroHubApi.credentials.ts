import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** The hub's address and an API key of one of its workspaces. */
export class XeroHubApi implements ICredentialType {
	name = 'xeroHubApi';

	displayName = 'Xero Hub API';

	icon: Icon = { light: 'file:xeroHub.svg', dark: 'file:xeroHub.dark.svg' };

	documentationUrl =
		'https://github.com/xero-hub/n8n-nodes-xero-hub/blob/main/documentation/credentials.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Hub URL',
			name: 'baseUrl',
			type: 'string',
			default: 'http://localhost:8787',
			required: true,
			description: 'Where n8n reaches the hub',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'xhk_…',
			description: 'A key of the workspace, made in the hub',
		},
	];

	/** No expression: n8n 2.41 evaluates none in a trigger whose activation has ended. */
	authenticate: IAuthenticate = async ({ apiKey }, request) => ({
		...request,
		headers: { ...request.headers, Authorization: `Bearer ${String(apiKey)}` },
	});

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/api/v1/workspace',
		},
	};
}
