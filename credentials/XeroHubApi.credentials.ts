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
			placeholder: 'e.g. https://hub.example.com',
			description:
				'Where n8n reaches the hub. If n8n runs in Docker, localhost is n8n itself: use the name of the hub’s service, such as http://hub:8787.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. xhk_…',
			description:
				'Create one in the hub’s portal: open your workspace, then API keys. It is shown once.',
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
