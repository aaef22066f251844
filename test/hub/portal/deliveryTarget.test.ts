import { deliveryTarget, statusFor } from '../../../hub-server/src/portal/views/deliveryTarget';

const key = { workflowId: 'wf-42' };

describe('where deliveries go, in words', () => {
	it.each([
		[
			{ url: 'https://n8n.example.com/1', delivery: 'push', key },
			'https://n8n.example.com/1',
			false,
		],
		[
			{ url: 'pull:i/wf-42/n', delivery: 'pull', key },
			'Workflow wf-42, which asks for its events',
			true,
		],
		[{ url: 'pull:books', delivery: 'pull', key: null }, 'books, which asks for its events', true],
		[undefined, 'A workflow that was switched off', false],
	] as const)('of %j is "%s"', (wish, name, isPulled) => {
		expect(deliveryTarget(wish)).toEqual({ name, isPulled });
	});

	it.each([
		['delivered', 1, 'acknowledged'],
		['pending', 0, 'unpulled'],
		['pending', 2, 'pulled'],
		['waiting', 0, 'waiting'],
		['dead', 10, 'dead'],
		['filtered', 0, 'filtered'],
		['cancelled', 0, 'cancelled'],
	] as const)(
		'a delivery that is %s after %i tries is %s where it is pulled',
		(status, attempt, as) => {
			const of = (isPulled: boolean) => statusFor({ name: 'n', isPulled }, { status, attempt });

			expect([of(true), of(false)]).toEqual([as, status]);
		},
	);
});
