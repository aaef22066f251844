import type { IExecuteFunctions } from 'n8n-workflow';

import { executionSaveMemory } from '../../../nodes/Xero/run/executionSaveMemory';
import { hubSaveMemory } from '../../../nodes/Xero/run/hubSaveMemory';
import { n8nSaveMemory } from '../../../nodes/Xero/run/n8nSaveMemory';
import type { RememberedSave, SaveMemory } from '../../../nodes/Xero/run/SaveMemory';
import { startTestHub, type TestHub } from '../../support/startTestHub';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Later runs of one node; the clock is in the test's hand. */
interface Place {
	/** As a run of an execution sees it. */
	open(execution: string): SaveMemory;
	advance(ms: number): void;
	readonly now: () => number;
	close(): Promise<void>;
}

async function hubPlace(): Promise<Place> {
	let at = Date.now();
	const hub: TestHub = await startTestHub({ now: () => at });
	await hub.call('POST', '/api/v1/workspaces', { name: 'Acme' });
	const { body } = await hub.call('POST', '/api/v1/workspaces/acme/api-keys', { name: 'n8n' });
	const context = {
		getWorkflow: () => ({ id: 'workflow' }),
		getNode: () => ({ id: 'node', name: 'Xero' }),
		getCredentials: async () => ({ baseUrl: hub.hub.url }),
		helpers: {
			async httpRequestWithAuthentication(
				_type: string,
				{ method, url, qs, body: sent }: Record<string, string>,
			) {
				const path = url!.slice(hub.hub.url.length);
				const query = new URLSearchParams(qs);
				const reply = await hub.call(method!, `${path}?${query}`, sent, body.key);
				return { statusCode: reply.status, headers: {}, body: reply.body };
			},
		},
	} as unknown as IExecuteFunctions;
	return {
		open: (execution) => hubSaveMemory(context, execution),
		advance: (ms) => void (at += ms),
		now: () => at,
		close: async () => await hub.close(),
	};
}

/** n8n's deduplication helpers over one row, as n8n 2.41.1 keeps it. */
function n8nContext(row: string[], executionId: string): IExecuteFunctions {
	return {
		getNode: () => ({ id: 'node' }),
		getExecutionId: () => executionId,
		helpers: {
			async checkProcessedAndRecord(items: string[]) {
				const known = new Set(row);
				const fresh = items.filter((item) => !known.has(item));
				row.push(...fresh);
				return { new: fresh, processed: items.filter((item) => known.has(item)) };
			},
			async removeProcessed(items: string[]) {
				for (const item of items) {
					const index = row.indexOf(item);
					if (index !== -1) row.splice(index, 1);
				}
			},
			clearAllProcessedItems: async () => void row.splice(0),
			getProcessedDataCount: async () => row.length,
		},
	} as unknown as IExecuteFunctions;
}

async function n8nPlace(): Promise<Place> {
	let at = Date.now();
	const row: string[] = [];
	return {
		open: (execution) => n8nSaveMemory(n8nContext(row, execution), execution, () => at),
		advance: (ms) => void (at += ms),
		now: () => at,
		close: async () => {},
	};
}

describe.each([
	['the hub', hubPlace],
	["n8n's deduplication store", n8nPlace],
] as const)('%s as a memory of saves', (_name, openPlace) => {
	let place: Place;
	beforeEach(async () => {
		place = await openPlace();
	});
	afterEach(() => place.close());

	let count = 0;
	const [A, B] = ['a'.repeat(64), 'b'.repeat(64)] as const;
	const save = (key: string): RememberedSave => ({
		id: `save ${++count}`,
		key,
		savedAtMs: place.now(),
		records: [{ InvoiceID: `id ${count}` }],
	});
	const load = async (
		execution: string,
		of?: string,
		wanted = new Map([
			[A, 5],
			[B, 5],
		]),
	) => {
		const loaded = await place.open(execution).load(wanted, of);
		if (!loaded.ok) throw new Error(loaded.failure.message);
		return loaded.value.map(({ key }) => key).sort();
	};

	it('tells a later run what was saved, equal saves as often as there were', async () => {
		const memory = place.open('1');
		expect((await memory.remember([save(A), save(B)])).ok).toBe(true);
		expect((await memory.remember([save(A)])).ok).toBe(true);

		expect(await load('2')).toEqual([A, A, B]);
	});

	it('is not changed by being asked', async () => {
		await place.open('1').remember([save(A)]);

		await load('2');

		expect(await load('3')).toEqual([A]);
	});

	it('counts equal saves of two executions, and tells those of one alone', async () => {
		await place.open('1').remember([save(A)]);
		await place.open('2').remember([save(A), save(B)]);

		expect(await load('3')).toEqual([A, A, B]);
		expect(await load('3', '1')).toEqual([A]);
		expect(await load('3', '2')).toEqual([A, B]);
	});

	it('forgets after an hour', async () => {
		await place.open('1').remember([save(A)]);
		place.advance(HOUR - 2 * MINUTE);
		expect(await load('2')).toEqual([A]);

		place.advance(3 * MINUTE);

		expect(await load('3')).toEqual([]);
	});

	it('forgets what one execution has saved, and everything', async () => {
		const mine = place.open('1');
		const saves = [save(A), save(B)];
		await mine.remember(saves);
		place.advance(MINUTE);
		await place.open('2').remember([save(A)]);

		await mine.forget(saves);
		expect(await load('3')).toEqual([A]);

		await mine.forget('all');
		expect(await load('3')).toEqual([]);
	});
});

describe("n8n's deduplication store", () => {
	it('believes nothing where a question was cut short before it was taken out again', async () => {
		const row: string[] = [];
		const context = n8nContext(row, '1');
		const memory = n8nSaveMemory(context, '1', () => 10 * HOUR);
		await memory.remember([{ id: 'b', key: 'other', savedAtMs: 10 * HOUR }]);
		const cut = n8nContext(row, '2');
		cut.helpers.removeProcessed = async () => {
			throw new Error('n8n was killed');
		};
		const asked = new Map([['key', 1]]);

		const killed = await n8nSaveMemory(cut, '2', () => 10 * HOUR).load(asked);
		const after = await n8nSaveMemory(n8nContext(row, '3'), '3', () => 10 * HOUR).load(asked);

		expect(killed.ok).toBe(false);
		expect(after).toEqual({ ok: true, value: [] });
	});

	it('is none before n8n 1.80', async () => {
		const context = { ...n8nContext([], '1'), helpers: {} } as unknown as IExecuteFunctions;

		const answer = await n8nSaveMemory(context, '1', () => 0).remember([
			{ id: 'a', key: 'key', savedAtMs: 0 },
		]);

		expect(answer.ok).toBe(false);
	});
});

describe('the flow context of an execution', () => {
	it('keeps what a node saved apart from other nodes, for an hour', async () => {
		const flow = {};
		let at = HOUR;
		const of = (id: string) =>
			executionSaveMemory(
				{ getContext: () => flow, getNode: () => ({ id }) } as unknown as IExecuteFunctions,
				() => at,
			);
		await of('one').remember([{ id: 'a', key: 'key', savedAtMs: at }]);

		expect(await of('one').load(new Map([['key', 1]]))).toMatchObject({ value: [{ id: 'a' }] });
		expect(await of('two').load(new Map([['key', 1]]))).toEqual({ ok: true, value: [] });
		at += HOUR;
		expect(await of('one').load(new Map([['key', 1]]))).toEqual({ ok: true, value: [] });
		await of('one').forget('all');
		expect(flow).toEqual({});
	});
});
