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
import { success, type Outcome } from '../Xero/errors/failure';
import { createTransport } from '../Xero/transport/createTransport';
import { eventOptions } from '../XeroTrigger/eventOptions';
import { EVENTS_SUBTITLE } from '../XeroTrigger/eventsSubtitle';
import { readEventWish } from '../XeroTrigger/eventWish';
import { filterFields } from '../XeroTrigger/filterFields';
import { subscriptionOptions } from '../XeroTrigger/subscriptionOptions';
import type { ChangeEvent } from './changeEvent';
import { changeOptions } from './changeOptions';
import { hubDeliveries } from './hubDeliveries';
import { latestHubEvent } from './latestHubEvent';
import type { PullMemories } from './pullMemory';
import { sampleEvent } from './sampleEvent';
import type { Watching } from './Watching';
import { asChange, watchHub } from './watchHub';
import { watchXero } from './watchXero';
import type { WatchMemories } from './watchMemory';

/** The node's type in workflows, beside `xeroHubTrigger`, which the hub calls. */
const NODE_NAME = 'xeroHubNoWebhookTrigger';

const DISPLAY_NAME = 'Xero Hub Trigger (No Webhook)';

const memories: WatchMemories = new Map();

const pullMemories: PullMemories = new Map();

const FROM_XERO = { show: { readFrom: ['xero'] } };
const FROM_HUB = { show: { readFrom: ['hub'] } };

export class XeroNoWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: DISPLAY_NAME,
		name: NODE_NAME,
		icon: { light: 'file:xeroHub.svg', dark: 'file:xeroHub.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: EVENTS_SUBTITLE,
		description:
			'Starts the workflow with what has changed in Xero, looked up every few minutes: for an n8n that no hub can reach',
		defaults: { name: DISPLAY_NAME },
		inputs: [],
		outputs: [MAIN_CONNECTION],
		credentials: [
			{
				name: 'xeroAccountingOAuth2Api',
				required: true,
				displayOptions: { show: { readFrom: ['xero'], authentication: ['oAuth2'] } },
			},
			{
				name: 'xeroCustomConnectionOAuth2Api',
				required: true,
				displayOptions: { show: { readFrom: ['xero'], authentication: ['customConnection'] } },
			},
			{ name: 'xeroHubApi', required: true, displayOptions: FROM_HUB },
		],
		properties: [
			{
				displayName: 'Read From',
				name: 'readFrom',
				type: 'options',
				options: [
					{
						name: 'Xero',
						value: 'xero',
						description: 'Compares Xero’s lists with what was there before; needs no hub',
					},
					{
						name: 'Hub',
						value: 'hub',
						description:
							'Asks the hub for the events of this workflow, for an n8n that the hub cannot reach',
					},
				],
				default: 'xero',
			},
			{
				displayName: 'Authentication',
				name: 'authentication',
				type: 'options',
				displayOptions: FROM_XERO,
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
				displayOptions: FROM_XERO,
				description: 'What starts the workflow. Each kind of record is a call for each interval.',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: eventOptions,
				default: [],
				displayOptions: FROM_HUB,
				description: 'What starts the workflow',
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
			{ ...filterFields, displayOptions: FROM_HUB },
			{
				displayName: 'Every (Minutes)',
				name: 'everyMinutes',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 5,
				displayOptions: FROM_XERO,
				description:
					'How often to look. Every 5 minutes are 288 calls a day for each kind of record and organisation, of the 1,000 to 5,000 that Xero allows an organisation.',
			},
			{
				displayName: 'Every (Minutes)',
				name: 'everyMinutes',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 5,
				displayOptions: FROM_HUB,
				description: 'How often to ask the hub, which costs no call to Xero',
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
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				displayOptions: FROM_HUB,
				placeholder: 'Add Option',
				options: subscriptionOptions('the workflow is unpublished, or n8n is stopped'),
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
		const isManual = this.getMode() === 'manual';
		if (this.getNodeParameter('readFrom', 'xero') === 'hub') {
			const watching = { wish: readEventWish(this), ...readRhythm(this) };
			if (!isManual) return await watchHub(this, watching, { memories: pullMemories, sleep });
			return showing(this, async () => {
				const latest = await latestHubEvent(hubDeliveries(this), watching.wish);
				return latest.ok ? success(asChange(latest.value)) : latest;
			});
		}
		const watching = readWatching(this);
		if (!isManual) return await watchXero(this, watching, { memories, sleep, now: Date.now });
		const reader = { transport: createTransport(this), nowMs: Date.now };
		return showing(this, async () => await sampleEvent(reader, watching));
	}
}

/** *Fetch Test Event*. */
function showing(
	context: ITriggerFunctions,
	findSample: () => Promise<Outcome<ChangeEvent>>,
): ITriggerResponse {
	return {
		manualTriggerFunction: async () => {
			const sample = await findSample();
			if (!sample.ok) {
				const { message, description, httpCode } = sample.failure;
				throw new NodeApiError(context.getNode(), { message }, { message, description, httpCode });
			}
			context.emit([[{ json: { ...sample.value } as unknown as IDataObject }]]);
		},
	};
}

function readWatching(context: ITriggerFunctions): Watching {
	return {
		events: new Set(context.getNodeParameter('events', []) as string[]),
		organisations: new Set(context.getNodeParameter('organisations', []) as string[]),
		...readRhythm(context),
	};
}

function readRhythm(context: ITriggerFunctions): Pick<Watching, 'everyMinutes' | 'countAsTold'> {
	const everyMinutes = Number(context.getNodeParameter('everyMinutes', 5));
	if (!(everyMinutes >= 1)) {
		throw new NodeOperationError(context.getNode(), 'Every (Minutes) has to be 1 or more');
	}
	return {
		everyMinutes: Math.floor(everyMinutes),
		countAsTold:
			context.getNodeParameter('countAsTold', 'taken') === 'succeeded' ? 'succeeded' : 'taken',
	};
}
