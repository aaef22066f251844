import {
	ManualExecutionCancelledError,
	SystemShutdownExecutionCancelledError,
	TimeoutExecutionCancelledError,
	type IRun,
	type ITriggerFunctions,
} from 'n8n-workflow';

import type { ChangeEvent } from '../../../nodes/XeroNoWebhookTrigger/changeEvent';
import { startWorkflow } from '../../../nodes/XeroNoWebhookTrigger/startWorkflow';

type Done = NonNullable<Parameters<ITriggerFunctions['emit']>[2]>;

const EVENT = { id: 'evt_1' } as unknown as ChangeEvent;

/** n8n, which ends each execution as `end` says. */
function n8n(end: (done: Done) => void) {
	return {
		emit: (_data: unknown, _response: unknown, done?: Done) => {
			if (done !== undefined) end(done);
		},
		helpers: { createDeferredPromise: () => Promise.withResolvers() },
	} as unknown as ITriggerFunctions;
}

const run = (error?: object, status = 'success') =>
	({ status, data: { resultData: { error, runData: {} } } }) as unknown as IRun;

const fateOf = async (end: (done: Done) => void, countAsTold: 'taken' | 'succeeded') => {
	const fate = await startWorkflow(n8n(end), [EVENT], countAsTold);
	return fate.ok ? fate.value : fate.failure.message;
};

it.each<[string, (done: Done) => void, string, string]>([
	['succeeded', (done) => done.resolve(run()), 'counts', 'counts'],
	[
		'succeeded, whatever its status says',
		(done) => done.resolve(run(undefined, 'running')),
		'counts',
		'counts',
	],
	[
		'failed, whatever its status says',
		(done) => done.resolve(run({ message: 'no' })),
		'counts',
		'comesAgain',
	],
	[
		'of which n8n tells nothing',
		(done) => done.resolve(undefined as never),
		'counts',
		'comesAgain',
	],
	[
		'that a person stopped',
		(done) => done.reject(new ManualExecutionCancelledError('1')),
		'counts',
		'comesAgain',
	],
	[
		'that took too long',
		(done) => done.reject(new TimeoutExecutionCancelledError('1')),
		'counts',
		'comesAgain',
	],
])('a run %s', async (_, end, taken, succeeded) => {
	expect(await fateOf(end, 'taken')).toBe(taken);
	expect(await fateOf(end, 'succeeded')).toBe(succeeded);
});

it.each(['taken', 'succeeded'] as const)(
	'does not count as %s where n8n could not start or end it',
	async (countAsTold) => {
		const full = 'n8n could not run the workflow: the disk is full';

		expect(await fateOf((done) => done.reject(new Error('the disk is full')), countAsTold)).toBe(
			full,
		);
		expect(
			await fateOf(
				(done) => done.reject(new SystemShutdownExecutionCancelledError('1')),
				countAsTold,
			),
		).toMatch(/shutting down/);
		expect(
			await fateOf(() => {
				throw new Error('the disk is full');
			}, countAsTold),
		).toBe(full);
	},
);
