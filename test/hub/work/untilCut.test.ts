import { untilCut } from '../../../hub-server/src/work/untilCut';

const never = new Promise<void>(() => undefined);

describe('waiting for work that is to end', () => {
	it('says that it was done, and throws what it threw', async () => {
		const { signal } = new AbortController();

		expect(await untilCut(Promise.resolve('done'), signal, 0)).toBe(true);
		await expect(untilCut(Promise.reject(new Error('broken')), signal, 0)).rejects.toThrow(
			'broken',
		);
	});

	it('gives up after its grace once it is cut, also where it was cut before', async () => {
		const cut = new AbortController();
		const waited = untilCut(never, cut.signal, 1);

		cut.abort();

		expect(await waited).toBe(false);
		expect(await untilCut(never, cut.signal, 1)).toBe(false);
	});

	it('leaves work its grace', async () => {
		const work = Promise.withResolvers<void>();
		const waited = untilCut(work.promise, AbortSignal.abort(), 60_000);

		work.resolve();

		expect(await waited).toBe(true);
	});
});
