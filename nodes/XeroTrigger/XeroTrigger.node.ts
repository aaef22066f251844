import type {
	IDataObject,
	IHookFunctions,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { MAIN_CONNECTION } from '../Xero/mainConnection';
import { organisationsForPicker } from '../Xero/pickers/readForPicker';
import { readXeroDates } from '../Xero/values/xeroDates';
import { eventOptions } from './eventOptions';
import { hubSubscriptions } from './hubSubscriptions';
import { receiveRelay } from './receiveRelay';
import { createSeenDeliveries } from './SeenDeliveries';
import { subscriptionStore } from './subscriptionStore';
import { isAsWanted, wantedSubscription } from './wantedSubscription';

/** The node's type in workflows, beside the action node `xeroHub`. */
const NODE_NAME = 'xeroHubTrigger';

const seenDeliveries = createSeenDeliveries();

export class XeroTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Xero Hub Trigger',
		name: NODE_NAME,
		icon: { light: 'file:xeroHub.svg', dark: 'file:xeroHub.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when something changes in Xero',
		defaults: { name: 'Xero Hub Trigger' },
		inputs: [],
		outputs: [MAIN_CONNECTION],
		credentials: [{ name: 'xeroHubApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
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
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				placeholder: 'Add Option',
				options: [
					{
						displayName: 'Include Full Record',
						name: 'hydrate',
						type: 'boolean',
						default: false,
						description:
							'Whether the hub reads the changed record and puts it into the event. Uses a call of the organisation’s daily limit for each burst of changes.',
					},
				],
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
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const wanted = wantedSubscription(this);
				const store = subscriptionStore(this.getWorkflowStaticData('node'));
				const stored = store.get();
				if (stored === undefined) return false;
				const subscription = await hubSubscriptions(this).find(stored.id);
				if (subscription === undefined) store.remove();
				return subscription !== undefined && isAsWanted(subscription, wanted);
			},

			async create(this: IHookFunctions): Promise<boolean> {
				const hub = hubSubscriptions(this);
				const store = subscriptionStore(this.getWorkflowStaticData('node'));
				const previous = store.get();
				const subscription = await hub.put(wantedSubscription(this));
				store.set(subscription);
				if (previous !== undefined && previous.id !== subscription.id)
					await hub.remove(previous.id);
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				const store = subscriptionStore(this.getWorkflowStaticData('node'));
				const stored = store.get();
				if (stored === undefined) return true;
				await hubSubscriptions(this).remove(stored.id);
				store.remove();
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const request = this.getRequestObject();
		const store = subscriptionStore(this.getWorkflowStaticData('node'));
		const decision = receiveRelay(
			{ headers: request.headers, rawBody: request.rawBody },
			store.get(),
			seenDeliveries,
			Date.now() / 1000,
		);

		if (decision.action === 'run') {
			const { record, ...event } = decision.event;
			const json = { ...event, ...(record === undefined ? {} : { record: readXeroDates(record) }) };
			return { workflowData: [[{ json: json as unknown as IDataObject }]] };
		}
		const response = this.getResponseObject();
		if (decision.action === 'ignore') response.status(200).end();
		else response.status(decision.status).end(decision.reason);
		return { noWebhookResponse: true };
	}
}
