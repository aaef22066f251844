import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { marksOf } from '../../../nodes/Xero/run/markMemory';

interface Situation {
	readonly mode?: string;
	/** What n8n hands the run as the workflow's static data. */
	readonly staticData?: IDataObject;
	/** What n8n has saved of the execution so far. */
	readonly saved?: { readonly ran: readonly string[]; readonly next: string };
}

function open({ mode = 'trigger', staticData = {}, saved }: Situation) {
	const context = {
		getMode: () => mode,
		getNode: () => ({ name: 'Xero' }),
		getExecutionId: () => '7',
		getWorkflowStaticData: () => staticData,
		getExecutionDataById: async () =>
			saved && {
				resultData: { runData: Object.fromEntries(saved.ran.map((name) => [name, []])) },
				executionData: { nodeExecutionStack: [{ node: { name: saved.next } }] },
			},
	};
	return marksOf(context as unknown as IExecuteFunctions)();
}

const mark = { node: 'Xero', tenantId: 'tenant', list: 'Invoices', mark: {} };

describe('the marks of a workflow', () => {
	it('are kept in its static data, as n8n notices: by one new value', async () => {
		const staticData: IDataObject = {};
		const marks = await open({ staticData });
		if (!marks.ok) throw new Error('not opened');

		marks.value.put('a', mark);
		const before = staticData['xeroHubMarks'];
		marks.value.put('b', mark);

		expect([...marks.value.all().keys()]).toEqual(['a', 'b']);
		expect(staticData['xeroHubMarks']).not.toBe(before);
	});

	it.each<[string, Situation]>([
		['in the first run', {}],
		['in the first run, as n8n saves it when it begins', { saved: { ran: [], next: 'Trigger' } }],
		['where n8n saves after every node', { saved: { ran: ['Trigger'], next: 'Xero' } }],
		['in the editor, where nothing is saved', { mode: 'manual' }],
		[
			'in a retry that brought the static data',
			{ mode: 'retry', staticData: { xeroHubMarks: {} } },
		],
	])('are there %s', async (_, situation) => {
		expect(await open(situation)).toMatchObject({ ok: true });
	});

	it.each<[string, Situation]>([
		['in a retry without static data', { mode: 'retry' }],
		['behind a node that waited', { saved: { ran: ['Trigger'], next: 'Wait' } }],
	])('are not there %s, so that nothing is written over them', async (_, situation) => {
		expect(await open(situation)).toMatchObject({
			ok: false,
			failure: {
				message: expect.stringContaining('no memory of incremental reads'),
				description: expect.stringContaining('nothing is lost'),
			},
		});
	});
});
