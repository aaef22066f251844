import fc from 'fast-check';
import { createGroupCommit } from '../../../hub-server/src/database/groupCommit';

describe('group commit', () => {
	it('shares one commit among all callers of a turn', async () => {
		const batches: number[][] = [];
		const { add } = createGroupCommit<number, number>(async (items) => {
			batches.push([...items]);
			return items;
		});

		await Promise.all([add(1), add(2), add(3)]);

		expect(batches).toEqual([[1, 2, 3]]);
	});

	it('answers nobody before the commit that holds its item', async () => {
		let finish = () => {};
		const committed = new Promise<void>((resolve) => {
			finish = resolve;
		});
		const { add } = createGroupCommit<number, number>(async (items) => {
			await committed;
			return items;
		});
		let answered = false;

		const answer = add(1).then(() => {
			answered = true;
		});
		await new Promise((resolve) => setImmediate(resolve));
		await new Promise((resolve) => setImmediate(resolve));
		expect(answered).toBe(false);
		finish();
		await answer;

		expect(answered).toBe(true);
	});

	it('gathers into the next commit what arrives while one is under way', async () => {
		const batches: number[][] = [];
		const { add, idle } = createGroupCommit<number, number>(async (items) => {
			batches.push([...items]);
			if (batches.length === 1) void Promise.all([add(2), add(3)]);
			return items;
		});

		void add(1);
		await idle();

		expect(batches).toEqual([[1], [2, 3]]);
	});

	it('tries nothing alone when the ledger itself cannot be used', async () => {
		const batches: number[][] = [];
		const { add } = createGroupCommit<number, number>(async (items) => {
			batches.push([...items]);
			throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
		});

		const answers = await Promise.allSettled([add(1), add(2), add(3)]);

		expect(batches).toEqual([[1, 2, 3]]);
		expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
	});

	it('gives every caller its own answer, whatever fails and however large a commit may be', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ id: fc.nat(), bad: fc.boolean() }), { maxLength: 40 }),
				fc.integer({ min: 1, max: 10 }),
				async (items, maxItems) => {
					const stored: number[] = [];
					const { add } = createGroupCommit<(typeof items)[number], number>(
						async (batch) => {
							if (batch.some(({ bad }) => bad)) throw new Error('refused');
							stored.push(...batch.map(({ id }) => id));
							return batch.map(({ id }) => id);
						},
						{ maxItems },
					);

					const answers = await Promise.allSettled(items.map((item) => add(item)));

					expect(answers.map((answer) => answer.status === 'fulfilled' && answer.value)).toEqual(
						items.map(({ id, bad }) => !bad && id),
					);
					expect(stored).toEqual(items.filter(({ bad }) => !bad).map(({ id }) => id));
				},
			),
		);
	});
});
