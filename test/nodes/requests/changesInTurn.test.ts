import * as fc from 'fast-check';

import { changesInTurn } from '../../../nodes/Xero/requests/changesInTurn';
import type { OperationRun } from '../../../nodes/Xero/run/OperationRun';
import { refuseInput, success } from '../../../nodes/Xero/errors/failure';

interface Named {
	readonly tenant: string;
	readonly id: string;
}

async function turnsOf(items: readonly Named[]): Promise<number[][]> {
	const run = {
		itemCount: items.length,
		organisationOf: async (item: number) => success(items[item]?.tenant ?? ''),
	} as unknown as OperationRun;
	return await changesInTurn(run, (item) => {
		const id = items[item]?.id ?? '';
		return id === '' ? refuseInput('No id') : success(id);
	});
}

const named = fc.record({
	tenant: fc.constantFrom('a', 'b'),
	id: fc.constantFrom('', 'x', 'y', 'z'),
});

describe('items that change records, in turns', () => {
	it('are one turn where each names another record, or the same of another organisation', async () => {
		expect(
			await turnsOf([
				{ tenant: 'a', id: 'x' },
				{ tenant: 'b', id: 'x' },
				{ tenant: 'a', id: '' },
				{ tenant: 'a', id: '' },
			]),
		).toEqual([[0, 1, 2, 3]]);
	});

	it('are each in one turn, which has no record twice, and keep the order of each record', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(named, { maxLength: 30 }), async (items) => {
				const turns = await turnsOf(items);

				expect(turns.flat().sort((a, b) => a - b)).toEqual([...items.keys()]);
				const nameOf = (item: number) => `${items[item]?.tenant} ${items[item]?.id}`;
				for (const turn of turns) {
					const names = turn.filter((item) => items[item]?.id !== '').map(nameOf);
					expect(new Set(names).size).toBe(names.length);
				}
				const inTurn = turns.flat();
				for (const name of new Set(inTurn.map(nameOf))) {
					const places = inTurn.filter((item) => nameOf(item) === name);
					expect(places).toEqual([...places].sort((a, b) => a - b));
				}
			}),
		);
	});
});
