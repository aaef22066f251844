import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import {
	advancePosition,
	cursorOf,
	restorePosition,
	storePosition,
	type ListPosition,
} from '../../../nodes/XeroNoWebhookTrigger/ListPosition';
import {
	openMemory,
	saveMemory,
	watchOf,
	type WatchMemories,
} from '../../../nodes/XeroNoWebhookTrigger/watchMemory';

const state = fc.record({
	at: fc.nat({ max: 2_000_000_000_000 }),
	standing: fc.record({
		status: fc.option(fc.string({ minLength: 1, unit: 'grapheme' })),
		sent: fc.boolean(),
		mergedInto: fc.option(fc.uuid()),
	}),
});
const position = fc.record({
	until: fc.nat(),
	isWhole: fc.boolean(),
	states: fc.array(fc.tuple(fc.uuid(), state), { maxLength: 20 }).map((pairs) => new Map(pairs)),
});

const at = (until: number): ListPosition => ({ until, states: new Map(), isWhole: true });
const plain = (data: IDataObject) => JSON.parse(JSON.stringify(data)) as IDataObject;

it('keeps a position whole', () => {
	fc.assert(
		fc.property(position, (kept) => {
			const stored = JSON.parse(JSON.stringify(storePosition(kept)));
			expect(restorePosition(stored)).toEqual(kept);
		}),
	);
});

it('keeps 5,000 states in 350 kB', () => {
	const states = new Map(
		Array.from({ length: 5_000 }, (_, index) => [
			`243216c5-369e-4056-ac67-0538${String(index).padStart(8, '0')}`,
			{
				at: 1_793_491_200_000 + index,
				standing: { status: 'AUTHORISED', sent: true, mergedInto: null },
			},
		]),
	);

	expect(JSON.stringify(storePosition({ until: 1, states, isWhole: true })).length).toBeLessThan(
		350_000,
	);
});

it('counts everything as told up to the states that had to go within the overlap', () => {
	const records = [1, 2, 3, 4].map((second) => ({
		ContactID: String(second),
		UpdatedDateUTC: `/Date(${second * 1_000}+0000)/`,
	}));

	const moved = advancePosition(
		at(0),
		{ records, cursor: { until: 4_000, seen: [] } },
		{ idField: 'ContactID', limit: 2 },
	);

	expect(moved).toMatchObject({ until: 4_000, allUntil: 2_000, isWhole: false });
	expect(cursorOf(moved)?.seen).toEqual(['3@3000', '4@4000']);
});

describe('what a trigger remembers', () => {
	const NODE = 'workflow node';

	it('is known to this process first: n8n saves it only when the trigger emits', () => {
		const memories: WatchMemories = new Map();
		const staticData: IDataObject = {};
		const memory = openMemory(memories, NODE, staticData);
		watchOf(memory, 'list').position = at(1);
		saveMemory(memory, staticData);
		watchOf(memory, 'list').position = at(2);

		const again = openMemory(memories, NODE, plain(staticData));

		expect(watchOf(again, 'list').position).toEqual(at(2));
	});

	it('is what n8n has saved in a process that knows nothing', () => {
		const staticData: IDataObject = {};
		const memory = openMemory(new Map(), NODE, staticData);
		watchOf(memory, 'list').position = at(1);
		saveMemory(memory, staticData);

		const elsewhere = openMemory(new Map(), NODE, plain(staticData));

		expect(watchOf(elsewhere, 'list').position).toEqual(at(1));
	});

	it('is what another process saved later', () => {
		const here: WatchMemories = new Map();
		const staticData: IDataObject = {};
		const memory = openMemory(here, NODE, staticData);
		watchOf(memory, 'list').position = at(1);
		saveMemory(memory, staticData);
		const other = openMemory(new Map(), NODE, plain(staticData));
		watchOf(other, 'list').position = at(5);
		saveMemory(other, staticData);

		const again = openMemory(here, NODE, plain(staticData));

		expect(watchOf(again, 'list').position).toEqual(at(5));
	});

	it('belongs to a node, whatever it is called', () => {
		const memories: WatchMemories = new Map();
		watchOf(openMemory(memories, NODE, {}), 'list').position = at(1);

		// n8n keeps static data by the node's name: one that was renamed has none.
		expect(watchOf(openMemory(memories, NODE, {}), 'list').position).toEqual(at(1));
		expect(watchOf(openMemory(memories, 'workflow other', {}), 'list').position).toBeUndefined();
	});
});
