import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { WorkflowDefinition } from '../../support/n8nEngine';

export const XERO_NODE = 'Xero';

export interface XeroNodeWish {
	readonly parameters: INodeParameters;
	readonly onError?: INode['onError'];
}

/** A start node and one Xero Hub node with n8n's own OAuth2 credential. */
export function xeroWorkflow({ parameters, onError }: XeroNodeWish): WorkflowDefinition {
	return {
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'test.start',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			xeroNode({ authentication: 'oAuth2', ...parameters }, onError),
		],
		connections: { Start: { main: [[{ node: XERO_NODE, type: 'main', index: 0 }]] } },
	};
}

export function xeroNode(parameters: INodeParameters, onError?: INode['onError']): INode {
	return {
		id: 'xero-node',
		name: XERO_NODE,
		type: 'n8n-nodes-xero-hub.xeroHub',
		typeVersion: 1,
		position: [200, 0],
		parameters,
		credentials: {
			xeroAccountingOAuth2Api: { id: 'xero', name: 'Xero' },
			xeroCustomConnectionOAuth2Api: { id: 'custom', name: 'Custom Connection' },
			xeroHubApi: { id: 'hub', name: 'Hub' },
		},
		...(onError === undefined ? {} : { onError }),
	};
}

export function itemsOf(count: number, json: (index: number) => INodeExecutionData['json']) {
	return Array.from({ length: count }, (_, index) => ({ json: json(index) }));
}

/** The input items that output items are linked to. */
export function pairedItems(items: readonly INodeExecutionData[]): unknown[] {
	return items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
}
