import type { INode, INodeParameters } from 'n8n-workflow';

import type { Execution, WorkflowDefinition } from '../../support/n8nEngine';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { itemsOf, XERO_NODE, xeroNode, xeroWorkflow } from '../support/xeroWorkflow';

const LATER = 'Later';
const CONFIRM = 'Confirm';

/** A read, a later node that the sandbox can be told to refuse, and what comes after it. */
function workflow(countAsRead: string | undefined, last?: 'confirm'): WorkflowDefinition {
	const after = (name: string, parameters: INodeParameters): INode => ({
		...xeroNode({ authentication: 'oAuth2', ...parameters }),
		id: name,
		name,
	});
	const chain = [
		...xeroWorkflow({
			parameters: {
				resource: 'contact',
				operation: 'getAll',
				returnAll: true,
				sinceLastRun: true,
				...(countAsRead === undefined ? {} : { countAsRead }),
			},
		}).nodes,
		after(LATER, { resource: 'organisation', operation: 'get' }),
		...(last === undefined
			? []
			: [after(CONFIRM, { resource: 'incrementalRead', operation: last })]),
	];
	const links = chain
		.slice(1)
		.map(({ name: node }, index) => [
			chain[index]?.name,
			{ main: [[{ node, type: 'main', index: 0 }]] },
		]);
	return { nodes: chain, connections: Object.fromEntries(links) };
}

describe('what an incremental read returned', () => {
	let xero: ConnectedEngine;

	beforeEach(async () => {
		xero = await connectEngine();
	});
	afterEach(async () => {
		await xero.close();
	});

	const run = async (definition: WorkflowDefinition) =>
		await xero.engine.run(definition, { mode: 'trigger' });
	const names = (execution: Execution) =>
		execution.itemsOf(XERO_NODE).map(({ json }) => json['Name']);
	const create = async (name: string) => {
		const parameters = { resource: 'contact', operation: 'create', name };
		await xero.engine.run(xeroWorkflow({ parameters }), { input: itemsOf(1, () => ({})) });
	};
	const laterFails = async (times: number) =>
		await xero.sandbox.setFaults({ status: { path: '/Organisation', status: 400, times } });
	const marks = async () => {
		const parameters = { resource: 'incrementalRead', operation: 'getAll' };
		const execution = await xero.engine.run(xeroWorkflow({ parameters }));
		return execution.itemsOf(XERO_NODE).map(({ json }) => json);
	};

	describe('counts when the workflow has succeeded: by itself', () => {
		const incremental = workflow(undefined);

		it('returns the same records again where a later node failed, and only new ones after a success', async () => {
			const total = (await xero.read('Contacts')).length;
			await laterFails(1);

			const failed = await run(incremental);
			const again = await run(incremental);
			await create('Newcomer');
			const third = await run(incremental);
			const fourth = await run(incremental);

			expect([failed, again, third, fourth].map(({ status }) => status)).toEqual([
				'error',
				'success',
				'success',
				'success',
			]);
			expect(names(failed)).toHaveLength(total);
			expect(names(again)).toEqual(names(failed));
			expect([names(third), names(fourth)]).toEqual([['Newcomer'], []]);
		});

		it('returns what changed meanwhile beside what failed', async () => {
			await run(incremental);
			await create('First');
			await laterFails(1);
			await run(incremental);
			await create('Second');

			expect(names(await run(incremental))).toEqual(['First', 'Second']);
			expect(names(await run(incremental))).toEqual([]);
		});

		it('repeats nothing within one execution that reads twice', async () => {
			const twice = await xero.engine.run(incremental, {
				mode: 'trigger',
				input: itemsOf(2, () => ({})),
			});

			expect(names(twice)).toEqual([...new Set(names(twice))]);
			expect(names(await run(incremental))).toEqual([]);
		});

		it('loses nothing to executions at the same time, whichever of them fails', async () => {
			await run(incremental);
			await create('Wanted');
			await laterFails(1);

			const both = await Promise.all([run(incremental), run(incremental)]);
			const next = await run(incremental);

			expect(both.map(({ status }) => status).sort()).toEqual(['error', 'success']);
			const [done] = both.filter(({ status }) => status === 'success');
			expect([...names(done as Execution), ...names(next)]).toContain('Wanted');
			expect(names(await run(incremental))).toEqual([]);
		});

		it('returns them again, with a word about it, where n8n keeps no executions', async () => {
			await run(incremental);
			await create('Unrecorded');
			const first = await run(incremental);
			xero.engine.forgetExecutions();

			const second = await run(incremental);

			expect([names(first), names(second)]).toEqual([['Unrecorded'], ['Unrecorded']]);
			expect(second.run.data.resultData.runData[XERO_NODE]?.[0]?.hints).toMatchObject([
				{ message: expect.stringContaining(`no record of execution ${first.id}`) },
			]);
		});
	});

	describe('counts when it is confirmed', () => {
		const incremental = workflow('confirmed', 'confirm');

		it('returns the same records again until then', async () => {
			const unconfirmed = await run(workflow('confirmed'));
			await laterFails(1);

			const failed = await run(incremental);
			const confirmed = await run(incremental);
			await create('Newcomer');
			const next = await run(incremental);

			expect(failed.status).toBe('error');
			expect(names(failed)).toEqual(names(unconfirmed));
			expect(names(confirmed)).toEqual(names(unconfirmed));
			expect(confirmed.itemsOf(CONFIRM).map(({ json }) => json)).toEqual([{ confirmed: 1 }]);
			expect(names(next)).toEqual(['Newcomer']);
		});

		it('knows a retry that reaches the end as the execution that read', async () => {
			await run(incremental);
			await create('Retried');
			await laterFails(1);
			const failed = await run(incremental);

			const retried = await xero.engine.retry(incremental, failed, 'currentlySaved');

			expect([failed.status, retried.status]).toEqual(['error', 'success']);
			expect(names(retried)).toEqual(['Retried']);
			expect(retried.itemsOf(CONFIRM).map(({ json }) => json)).toEqual([{ confirmed: 1 }]);
			expect(names(await run(incremental))).toEqual([]);
		});

		it('says so where n8n gives a retry no memory, and overwrites none', async () => {
			await run(incremental);
			await create('Retried');
			await laterFails(1);
			const failed = await run(incremental);
			const before = JSON.stringify(xero.engine.staticData('workflow'));

			const retried = await xero.engine.retry(incremental, failed, 'original');

			expect(retried.error).toMatchObject({
				nodeName: CONFIRM,
				message: expect.stringContaining('no memory of incremental reads'),
			});
			expect(JSON.stringify(xero.engine.staticData('workflow'))).toBe(before);
			expect(names(await run(incremental))).toEqual(['Retried']);
		});

		it('may be confirmed before the end, whatever the node waits for', async () => {
			const early = workflow(undefined, 'confirm');
			await run(early);
			xero.engine.forgetExecutions();

			expect(names(await run(early))).toEqual([]);
		});
	});

	it('does not come again where it counts when the node has finished', async () => {
		const incremental = workflow('nodeFinished');
		await laterFails(1);

		const failed = await run(incremental);

		expect(failed.status).toBe('error');
		expect(names(failed).length).toBeGreaterThan(0);
		expect(names(await run(incremental))).toEqual([]);
	});

	it('changes no mark in a run from the editor', async () => {
		const incremental = workflow(undefined);
		const before = await run(incremental);
		await create('Seen in the editor');

		const manual = await xero.engine.run(incremental);

		expect(before.status).toBe('success');
		expect(names(manual)).toEqual(['Seen in the editor']);
		expect(names(await run(incremental))).toEqual(['Seen in the editor']);
	});

	it('is listed, and forgotten on request', async () => {
		const incremental = workflow(undefined);
		const first = await run(incremental);
		const reset = xeroWorkflow({ parameters: { resource: 'incrementalRead', operation: 'reset' } });

		const listed = await marks();
		const refused = await xero.engine.run(reset);
		const done = await xero.engine.run(reset, { mode: 'trigger' });

		expect(listed).toEqual([
			{
				node: XERO_NODE,
				tenantId: xero.tenantId,
				list: 'api.xro/2.0/Contacts',
				readUntil: null,
				pendingUntil: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
				pendingExecution: first.id,
			},
		]);
		expect(refused.error?.message).toContain('cannot reset incremental reads');
		expect(done.itemsOf(XERO_NODE).map(({ json }) => json)).toEqual([{ reset: 1 }]);
		expect(names(await run(incremental))).toEqual(names(first));
	});
});
