import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { RECEIPT_HEADER } from '../../hub-server/protocol';
import { MAIN_CONNECTION } from '../Xero/mainConnection';
import { organisationsForPicker } from '../Xero/pickers/readForPicker';
import { createTransport } from '../Xero/transport/createTransport';
import { noOrganisation } from '../Xero/transport/onlyOrganisation';
import { readXeroDates } from '../Xero/values/xeroDates';
import { eventOptions } from './eventOptions';
import { EVENTS_SUBTITLE } from './eventsSubtitle';
import { filterFields } from './filterFields';
import { hubSubscriptions } from './hubSubscriptions';
import { receiveRelay } from './receiveRelay';
import { subscriptionOptions } from './subscriptionOptions';
import { subscriptionStore } from './subscriptionStore';
import { createTakenDeliveries } from './TakenDeliveries';
import { triggerPanel } from './triggerPanel';
import {
	fingerprint,
	isAsWanted,
	notKept,
	wantedSubscription,
	webhookUrl,
} from './wantedSubscription';

/** The node's type in workflows, beside the action node `xeroHub`. */
const NODE_NAME = 'xeroHubTrigger';

/** The first version of the hub that keeps a trigger's queue and asks for receipts. */
const HUB_NEEDED = '0.2.0';

const takenDeliveries = createTakenDeliveries();

export class XeroTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Xero Hub Trigger',
		name: NODE_NAME,
		icon: { light: 'file:xeroHub.svg', dark: 'file:xeroHub.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: EVENTS_SUBTITLE,
		description: 'Starts the workflow when something changes in Xero',
		defaults: { name: 'Xero Hub Trigger' },
		inputs: [],
		outputs: [MAIN_CONNECTION],
		credentials: [{ name: 'xeroHubApi', required: true }],
		triggerPanel,
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: '={{$parameter["responseMode"]}}',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		properties: [
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: eventOptions,
				default: [],
				description: 'What starts the workflow',
			},
			{
				displayName: 'Organisation Names or IDs',
				name: 'organisations',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getOrganisations' },
				default: [],
				description:
					'Only events of these organisations; empty means every organisation of the workspace, also those connected later. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			filterFields,
			{
				displayName: 'When Listening for a Test Event',
				name: 'testEvent',
				type: 'options',
				options: [
					{
						name: 'Wait for an Event',
						value: 'wait',
						description: 'Until something changes in Xero',
					},
					{
						name: 'Send the Latest Real Event',
						value: 'latest',
						description:
							'The last event in the hub that fits events, organisations and filters; an example where there is none',
					},
					{
						name: 'Send an Example',
						value: 'example',
						description: 'A made-up event of the first chosen type, with a full record',
					},
				],
				default: 'wait',
				description:
					'What the editor gets at once. It says sample: latest or example, and reaches no published workflow.',
			},
			{
				displayName: 'Answer',
				name: 'responseMode',
				type: 'options',
				options: [
					{
						name: 'When Received',
						value: 'onReceived',
						description:
							'As soon as n8n has the execution. N8n 1.x answers before it has saved it.',
					},
					{
						name: 'When the Workflow Has Finished',
						value: 'lastNode',
						description:
							'The hub tries again when the workflow fails. Choose it on n8n 1.x where no event may be lost.',
					},
				],
				default: 'onReceived',
				description: 'When the hub is told that the event was taken',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				placeholder: 'Add Option',
				options: subscriptionOptions('the workflow is unpublished'),
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

	webhookMethods = {
		default: {
			/** Never throws because the hub is away: n8n 1.x would then delete what works. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const wanted = wantedSubscription(this);
				const store = subscriptionStore(this.getWorkflowStaticData('node'));
				const stored = store.get();
				if (stored === undefined) return false;
				const subscription = await hubSubscriptions(this).find(stored.id);
				if (subscription === 'away') {
					return stored.asked === undefined || stored.asked === fingerprint(wanted);
				}
				if (subscription === 'gone') {
					store.remove();
					return false;
				}
				return isAsWanted(subscription, wanted);
			},

			async create(this: IHookFunctions): Promise<boolean> {
				const hub = hubSubscriptions(this);
				const store = subscriptionStore(this.getWorkflowStaticData('node'));
				const wanted = wantedSubscription(this);
				if (wanted.mode === 'test' && wanted.sample === undefined) await requireOrganisation(this);
				const { generation } = store.get() ?? {};
				const subscription = await hub.put({
					...wanted,
					...(generation !== undefined && { generation }),
				});
				const missing = notKept(subscription, wanted);
				if (missing.length > 0) {
					await hub.remove(subscription.id, { url: wanted.url });
					throw new NodeOperationError(
						this.getNode(),
						`This hub is too old for the trigger: it does not know ${missing.join(', ')}`,
						{ description: `Update the hub to ${HUB_NEEDED} or later, then publish again.` },
					);
				}
				store.set({ ...subscription, asked: fingerprint(wanted) });
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				const store = subscriptionStore(this.getWorkflowStaticData('node'));
				const stored = store.get();
				if (stored === undefined) return true;
				const { id, generation } = stored;
				await hubSubscriptions(this).remove(id, { url: webhookUrl(this), generation });
				store.remove();
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const request = this.getRequestObject();
		const response = this.getResponseObject();
		const decision = receiveRelay(
			{
				headers: request.headers,
				rawBody: request.rawBody,
				answer: {
					status: () => (response.writableEnded ? response.statusCode : undefined),
				},
			},
			subscriptionStore(this.getWorkflowStaticData('node')).get(),
			takenDeliveries,
			Date.now() / 1000,
		);
		if (decision.action === 'refuse') {
			response.status(decision.status).end(decision.reason);
			return { noWebhookResponse: true };
		}

		response.setHeader(RECEIPT_HEADER, decision.receipt);
		if (decision.action === 'acknowledge') {
			response.status(200).end();
			return { noWebhookResponse: true };
		}
		response.once('close', decision.settle);
		const { record, ...event } = decision.event;
		const json = { ...event, ...(record === undefined ? {} : { record: readXeroDates(record) }) };
		return { workflowData: [[{ json: json as unknown as IDataObject }]] };
	}
}

/** Whoever waits for a test event would wait for ever. A hub that does not tell is asked nothing more. */
async function requireOrganisation(context: IHookFunctions): Promise<void> {
	const organisations = await createTransport(context).organisations();
	if (!organisations.ok || organisations.value.length > 0) return;
	const { message, description } = noOrganisation('hub');
	throw new NodeOperationError(context.getNode(), message, { description });
}
