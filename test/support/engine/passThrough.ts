import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

/** Stands in for n8n's own start, file and no-op nodes, so that the 180 MB of them are not needed. */
export class PassThrough implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Pass Through',
		name: 'passThrough',
		group: ['transform'],
		version: 1,
		description: 'Gives out what came in',
		defaults: { name: 'Pass Through' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** A note on the canvas, which runs nothing. */
export const NOTE_TYPE = 'n8n-nodes-base.stickyNote';

/** The node types that {@link PassThrough} stands in for. */
export const PASS_THROUGH_TYPES: readonly string[] = [
	'test.start',
	'n8n-nodes-base.extractFromFile',
	'n8n-nodes-base.formTrigger',
	'n8n-nodes-base.manualTrigger',
	'n8n-nodes-base.noOp',
	'n8n-nodes-base.scheduleTrigger',
	NOTE_TYPE,
];
