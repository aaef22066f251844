import {
	NodeApiError,
	NodeOperationError,
	sleep,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';

import { MAIN_CONNECTION } from '../Xero/mainConnection';
import { organisationsForPicker } from '../Xero/pickers/readForPicker';
import { createTransport } from '../Xero/transport/createTransport';
import { changeOptions } from './changeOptions';
import { sampleEvent } from './sampleEvent';
import type { Watching } from './Watching';
import { watchXero } from './watchXero';
import type { WatchMemories } from './watchMemory';

/** The node's type in workflows, beside `xeroHubTrigger`, which the hub calls. */
const NODE_NAME = 'xeroHubNoWebhookTrigger';

const DISPLAY_NAME = 'Xero Hub Trigger (No Webhook)';

const memories: WatchMemories = new Map();

export class XeroNoWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: DISPLAY_NAME,
		name: NODE_NAME,
		icon: { light: 'file:xeroHub.svg', dark: 'file:xeroHub.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Looks every few minutes what has changed in Xero; needs no hub',
		defaults: { name: DISPLAY_NAME },
		inputs: [],
		outputs: [MAIN_CONNECTION],
		credentials: [
			{
				name: 'xeroAccountingOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['oAuth2'] } },
			},
			{
				name: 'xeroCustomConnectionOAuth2Api',
				required: true,
				displayOptions: { show: { authentication: ['customConnection'] } },
			},
		],
		properties: [
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				options: [
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
				default: 'oAuth2',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: changeOptions,
				default: [],
				description: 'What starts the workflow. Each kind of record is a call for each interval.',
			},
			{
				displayName: 'Organisation Names or IDs',
				name: 'organisations',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getOrganisations' },
				default: [],
				description:
					'Only changes of these organisations; empty means every organisation of the connection, also those connected later. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Every (Minutes)',
				name: 'everyMinutes',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 5,
				description:
					'How often to look. Every 5 minutes are 288 calls a day for each kind of record and organisation, of the 1,000 to 5,000 that Xero allows an organisation.',
			},
			{
				displayName: 'Count As Told',
				name: 'countAsTold',
				type: 'options',
				options: [
					{
						name: 'When the Workflow Has Run',
						value: 'taken',
						description: 'If the workflow fails, the changes do not come again',
					},
					{
						name: 'When the Workflow Has Succeeded',
						value: 'succeeded',
						description: 'If the workflow fails, the same changes come again, with the same IDs',
					},
				],
				default: 'taken',
				description: 'When the changes that started the workflow count as told',
			},
		],
	};

	methods = {
		loadOptions: {
			async getOrganisations(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const organisations = await organisationsForPicker(this);
				return organisations.map(({ tenantId, name }) => ({ name, value: tenantId }));
			},
		},
	};

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		const watching = readWatching(this);
		if (this.getMode() !== 'manual') {
			return await watchXero(this, watching, { memories, sleep, now: Date.now });
		}
		return {
			manualTriggerFunction: async () => {
				const reader = { transport: createTransport(this), nowMs: Date.now };
				const sample = await sampleEvent(reader, watching);
				if (!sample.ok) {
					const { message, description, httpCode } = sample.failure;
					throw new NodeApiError(this.getNode(), { message }, { message, description, httpCode });
				}
				this.emit([[{ json: { ...sample.value } as unknown as IDataObject }]]);
			},
		};
	}
}

function readWatching(context: ITriggerFunctions): Watching {
	const everyMinutes = Number(context.getNodeParameter('everyMinutes', 5));
	if (!(everyMinutes >= 1)) {
		throw new NodeOperationError(context.getNode(), 'Every (Minutes) has to be 1 or more');
	}
	return {
		events: new Set(context.getNodeParameter('events', []) as string[]),
		organisations: new Set(context.getNodeParameter('organisations', []) as string[]),
		everyMinutes: Math.floor(everyMinutes),
		countAsTold:
			context.getNodeParameter('countAsTold', 'taken') === 'succeeded' ? 'succeeded' : 'taken',
	};
}
