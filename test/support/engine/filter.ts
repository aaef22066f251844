import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

export const FILTER_TYPE = 'n8n-nodes-base.filter';

/** Stands in for n8n's own Filter; what its conditions say is decided by n8n's code. */
export class Filter implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Filter',
		name: 'filter',
		group: ['transform'],
		version: 2.2,
		description: 'Remove items matching a condition',
		defaults: { name: 'Filter' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{
				displayName: 'Conditions',
				name: 'conditions',
				type: 'filter',
				default: {},
				typeOptions: { filter: { caseSensitive: true, typeValidation: 'strict', version: 2 } },
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const passes = (item: number) =>
			this.getNodeParameter('conditions', item, false, { extractValue: true }) === true;
		const kept = this.getInputData().flatMap((one, item) =>
			passes(item) ? [{ ...one, pairedItem: { item } }] : [],
		);
		return [kept];
	}
}
