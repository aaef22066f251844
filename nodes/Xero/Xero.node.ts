import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { organisationField } from './fields/organisationField';
import { MAIN_CONNECTION } from './mainConnection';
import { toolOutput } from './output/toolOutput';
import { listSearch } from './pickers/listSearch';
import { resourceOptions, resources } from './resources/resources';
import { subtitleOf } from './resources/subtitleOf';
import { router } from './router';

/** The node's type in workflows. n8n's own node is called `xero`, so this one is not. */
const NODE_NAME = 'xeroHub';

const all = Object.values(resources);
const fields = all.flatMap(({ description }) => description);

/** n8n shows Resource and Operation first, then what they need. */
const isOperation = ({ name }: INodeProperties) => name === 'operation';

/** What is kept with the workflow needs no way to Xero: none of its operations makes a request. */
const ASKS_XERO = {
	hide: {
		resource: all
			.filter(({ operations }) =>
				Object.values(operations).every(({ request, hub }) => !request && !hub),
			)
			.map(({ value }) => value),
	},
};

export class Xero implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Xero Hub',
		name: NODE_NAME,
		icon: { light: 'file:xeroHub.svg', dark: 'file:xeroHub.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: subtitleOf(all),
		description: 'Read and write what Xero keeps for an organisation, many items in one request',
		defaults: { name: 'Xero Hub' },
		usableAsTool: true,
		inputs: [MAIN_CONNECTION],
		outputs: [MAIN_CONNECTION],
		credentials: [
			{
				name: 'xeroHubApi',
				required: true,
				displayOptions: { show: { authentication: ['hub'] }, ...ASKS_XERO },
			},
			{
				name: 'xeroAccountingOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] }, ...ASKS_XERO },
			},
			{
				name: 'xeroCustomConnectionOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['customConnection'] }, ...ASKS_XERO },
			},
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				displayOptions: ASKS_XERO,
				options: [
					{
						name: 'Xero Hub',
						value: 'hub',
						description: 'The hub keeps the tokens and paces all workflows together',
					},
					{
						name: 'OAuth2',
						value: 'oAuth2',
						description: 'N8n keeps the tokens of your own Xero app',
					},
					{
						name: 'Custom Connection',
						value: 'customConnection',
						description: 'An app of one organisation, without a user',
					},
				],
				default: 'hub',
			},
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resourceOptions,
				default: 'invoice',
			},
			...fields.filter(isOperation),
			{ ...organisationField, displayOptions: ASKS_XERO },
			...fields.filter((field) => !isOperation(field)),
			...toolOutput(all),
		],
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
