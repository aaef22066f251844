import { createProgress } from '../../../nodes/Xero/run/createProgress';
import type { OperationRun } from '../../../nodes/Xero/run/OperationRun';
import { done, failed } from '../../../nodes/Xero/run/ItemOutcome';
import type { Explanation } from '../../../nodes/Xero/errors/Explanation';
import { refuseInput, success, type Failure } from '../../../nodes/Xero/errors/failure';

const failure: Failure = { kind: 'api', message: 'Nothing more today' };
const ending = (reach: Explanation['reach']): Explanation => ({ failure, reach });

/** A run whose items go to the organisations of these letters. */
function runOver(tenants: string, stopsAtFirstFailure = false): OperationRun {
	return {
		itemCount: tenants.length,
		stopsAtFirstFailure,
		organisationOf: async (item: number) => success(tenants.charAt(item)),
	} as unknown as OperationRun;
}

async function progressOver(tenants: string, stopsAtFirstFailure = false) {
	const progress = createProgress(runOver(tenants, stopsAtFirstFailure));
	const placed = await progress.prepare((item) => success({ name: `wish ${item}` }));
	const attempt = async (item: number, send: () => Explanation | undefined) =>
		await progress.attempt(
			placed.filter((one) => one.item === item),
			async () => send(),
		);
	const statuses = () => progress.outcomes.map(({ status }) => status).join(' ');
	return { progress, placed, attempt, statuses };
}

describe('the progress of a run', () => {
	it('places what each item asks for, and keeps the refusal of one to itself', async () => {
		const progress = createProgress(runOver('aba'));

		const placed = await progress.prepare<{ readonly name: string }>((item, tenantId) =>
			item === 1 ? refuseInput('Blank') : success({ name: `${item} of ${tenantId}` }),
		);

		expect(placed).toEqual([
			{ item: 0, tenantId: 'a', name: '0 of a' },
			{ item: 2, tenantId: 'a', name: '2 of a' },
		]);
		expect(progress.outcomes[1]).toEqual(failed({ kind: 'input', message: 'Blank' }));
	});

	it('fails one item for an expression that cannot be resolved', async () => {
		const progress = createProgress(runOver('a'));

		await progress.prepare(() => {
			throw new Error('No such node');
		});

		expect(progress.outcomes).toMatchObject([{ failure: { message: 'No such node' } }]);
	});

	it.each([
		['request', 'failed untried untried'],
		['organisation', 'failed failed untried'],
		['run', 'failed failed failed'],
	] as const)(
		'spares the calls that cannot succeed after a refusal of the %s',
		async (reach, all) => {
			const { attempt, statuses } = await progressOver('aab');
			const never = jest.fn(() => undefined);

			await attempt(0, () => ending(reach));
			await attempt(1, never);
			await attempt(2, never);

			expect(statuses()).toBe(all);
			expect(never).toHaveBeenCalledTimes(all.split('untried').length - 1);
		},
	);

	it('leaves alone what a send has settled before it gave up', async () => {
		const { progress, placed, statuses } = await progressOver('aaa');

		await progress.attempt(placed, async () => {
			progress.settle(1, done({ saved: true }));
			return ending('request');
		});

		expect(statuses()).toBe('failed done failed');
	});

	it.each([
		[true, false],
		[false, true],
	])(
		'after a failure, where the run stops at it (%s), more may be sent: %s',
		async (stops, more) => {
			const { progress, attempt } = await progressOver('ab', stops);
			expect(progress.mayGoOn()).toBe(true);

			await attempt(0, () => ending('request'));

			expect(progress.mayGoOn()).toBe(more);
		},
	);
});
