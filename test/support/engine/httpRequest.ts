import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

export const HTTP_REQUEST_TYPE = 'n8n-nodes-base.httpRequest';

const text = (name: string, initial = ''): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: initial,
});

/**
 * Stands in for n8n's own HTTP Request as the examples use it: one request for each item, with a JSON body; a list in the
 * answer becomes an item each.
 */
export class HttpRequest implements INodeType {
	description: INodeType['description'] = {
		displayName: 'HTTP Request',
		name: 'httpRequest',
		group: ['output'],
		version: 4.2,
		description: 'Makes an HTTP request and returns the response data',
		defaults: { name: 'HTTP Request' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			...[text('method', 'GET'), text('url'), text('specifyBody'), text('jsonBody')],
			{ displayName: 'Send Body', name: 'sendBody', type: 'boolean', default: false },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const sendsBody = this.getNodeParameter('sendBody', item) === true;
			const answer: unknown = await this.helpers.httpRequest({
				method: this.getNodeParameter('method', item) as IHttpRequestMethods,
				url: this.getNodeParameter('url', item) as string,
				...(sendsBody
					? {
							body: this.getNodeParameter('jsonBody', item),
							headers: { 'content-type': 'application/json' },
						}
					: {}),
			});
			const records = Array.isArray(answer) ? answer : [answer];
			items.push(...records.map((json) => ({ json: json ?? {}, pairedItem: { item } })));
		}
		return [items];
	}
}
