import type { XeroRequest } from '../../../nodes/Xero/messages/XeroRequest';
import { success } from '../../../nodes/Xero/errors/failure';
import { callEach } from '../../../nodes/Xero/requests/callEach';
import { done } from '../../../nodes/Xero/run/ItemOutcome';
import type { OperationRun } from '../../../nodes/Xero/run/OperationRun';

/** A run of two items whose parameters are what `parameter` says. */
function runWith(parameter: OperationRun['parameter']) {
	const sent: XeroRequest[] = [];
	const run = {
		itemCount: 2,
		stopsAtFirstFailure: true,
		idempotencySeed: 'seed',
		organisationOf: async () => success('tenant'),
		parameter,
		saves: {
			keyOf: () => 'key',
			take: async () => new Map(),
			note: () => {},
			flush: async () => {},
		},
		transport: {
			send: async (request: XeroRequest) => {
				sent.push(request);
				return { kind: 'answered', status: 200, headers: {}, body: {} };
			},
		},
	} as unknown as OperationRun;
	return { run, sent };
}

describe('one call for each item', () => {
	it('hands the reader what the builder made, and sends none of it', async () => {
		const { run, sent } = runWith((_name, _item, fallback) => fallback);

		const { outcomes } = await callEach(run, {
			effect: 'write',
			build: (item) => success({ method: 'DELETE', path: `Items/${item}`, itemId: `id ${item}` }),
			read: (_answer, _item, { itemId, tenantId }) => done({ itemId, tenantId }),
		});

		expect(outcomes).toEqual([
			done({ itemId: 'id 0', tenantId: 'tenant' }),
			done({ itemId: 'id 1', tenantId: 'tenant' }),
		]);
		expect(sent.map(({ path }) => path)).toEqual(['Items/0', 'Items/1']);
		for (const request of sent) expect(request).not.toHaveProperty('itemId');
	});

	it('sends nothing where the options of a later item cannot be read', async () => {
		const { run, sent } = runWith((_name, item, fallback) => {
			if (item === 1) throw new Error('No such node');
			return fallback;
		});

		const calls = await callEach(run, {
			effect: 'write',
			build: (item) => success({ method: 'PUT', path: `Items/${item}`, body: {} }),
			read: () => done({}),
		});

		expect(calls.outcomes.map(({ status }) => status)).toEqual(['untried', 'failed']);
		expect(sent).toEqual([]);
	});
});
