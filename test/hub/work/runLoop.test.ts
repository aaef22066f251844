import fc from 'fast-check';
import { startRunLoop, type Next } from '../../../hub-server/src/work/runLoop';

/** A loop whose takes and rests end when the test says so. */
function setUp({ restMs = (): number => 1_000 } = {}) {
	const takes: PromiseWithResolvers<Next>[] = [];
	const rests: Array<{ readonly ms: number; end(): void; isOver(): boolean }> = [];
	const faults: unknown[] = [];
	let elapsed = 0;
	const loop = startRunLoop({
		take() {
			const take = Promise.withResolvers<Next>();
			takes.push(take);
			return take.promise;
		},
		restMs,
		onFault: (cause) => faults.push(cause),
		elapsed: () => elapsed,
		rest: (ms, ended) =>
			new Promise((resolve) => {
				let isOver = false;
				const end = () => {
					isOver = true;
					resolve();
				};
				ended.addEventListener('abort', end);
				rests.push({ ms, end, isOver: () => isOver });
			}),
	});
	const lastTake = () => takes.at(-1) as PromiseWithResolvers<Next>;
	return {
		loop,
		takes,
		rests,
		faults,
		advance: (ms: number) => (elapsed += ms),
		/** Ends the take under way and lets everything follow that follows by itself. */
		async endTake(how: Next | Error) {
			if (how instanceof Error) lastTake().reject(how);
			else lastTake().resolve(how);
			await quiet();
		},
		async stop() {
			const stopped = loop.stop();
			lastTake().resolve('rest');
			await stopped;
		},
	};
}

/** Resolves after whatever follows without outside help has followed. */
async function quiet(): Promise<void> {
	for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('run loop', () => {
	it('takes at once when it starts, and again as long as there is more', async () => {
		const t = setUp();
		expect(t.takes).toHaveLength(1);

		await t.endTake('again');
		await t.endTake('again');

		expect(t.takes).toHaveLength(3);
		expect(t.rests).toEqual([]);
		await t.stop();
	});

	it('lets the event loop have a turn before it takes again', async () => {
		const t = setUp();
		const order: string[] = [];
		t.takes[0]?.resolve('again');
		setImmediate(() => order.push(`a request, before take ${t.takes.length + 1}`));

		await quiet();

		expect(order).toEqual(['a request, before take 2']);
		await t.stop();
	});

	it('rests as long as it is told, each time anew, and then takes', async () => {
		let ms = 10;
		const t = setUp({ restMs: () => (ms += 1) });

		await t.endTake('rest');
		t.rests[0]?.end();
		await quiet();
		await t.endTake('rest');

		expect(t.rests.map((rest) => rest.ms)).toEqual([11, 12]);
		expect(t.takes).toHaveLength(2);
		await t.stop();
	});

	it('is woken from its rest by a ring', async () => {
		const t = setUp();
		await t.endTake('rest');

		t.loop.ring();
		await quiet();

		expect(t.takes).toHaveLength(2);
		await t.stop();
	});

	it('does not lose a ring that comes during a take', async () => {
		const t = setUp();
		t.loop.ring();
		t.loop.ring();

		await t.endTake('rest');

		expect(t.takes).toHaveLength(2);
		await t.endTake('rest');
		expect(t.rests).toHaveLength(1);
		await t.stop();
	});

	it('tells of a take that throws and goes on after its rest, which no ring shortens', async () => {
		const t = setUp();
		const away = new Error('the database is away');
		t.loop.ring();

		await t.endTake(away);
		t.loop.ring();
		await quiet();

		expect(t.faults).toEqual([away]);
		expect(t.takes).toHaveLength(1);
		t.rests[0]?.end();
		await quiet();
		expect(t.takes).toHaveLength(2);
		await t.stop();
	});

	it('stops during a rest', async () => {
		const t = setUp();
		await t.endTake('rest');

		await t.loop.stop();

		expect(t.rests[0]?.isOver()).toBe(true);
		expect(t.takes).toHaveLength(1);
	});

	it('stops during the rest after a fault', async () => {
		const t = setUp();
		await t.endTake(new Error('no'));

		await t.loop.stop();

		expect(t.takes).toHaveLength(1);
	});

	it('waits at its end for the take under way and begins none more', async () => {
		const t = setUp();
		let stopped = false;
		const stopping = t.loop.stop().then(() => (stopped = true));
		await quiet();
		expect(stopped).toBe(false);

		await t.endTake('again');
		await stopping;

		expect(t.takes).toHaveLength(1);
	});

	it('hands a take the signal that it is to end', async () => {
		let signal: AbortSignal | undefined;
		const loop = startRunLoop({
			async take(stopped) {
				signal = stopped;
				await new Promise((resolve) => stopped.addEventListener('abort', resolve));
				return 'again';
			},
			restMs: () => 0,
			onFault: () => {},
		});

		await loop.stop();

		expect(signal?.aborted).toBe(true);
	});

	it('settles with a take that began after it was asked and left nothing over', async () => {
		const t = setUp();
		let settled = false;
		void t.loop.settled().then(() => (settled = true));

		await t.endTake('rest');
		expect([t.takes.length, settled]).toEqual([2, false]);
		await t.endTake('again');
		expect([t.takes.length, settled]).toEqual([3, false]);
		await t.endTake('rest');

		expect(settled).toBe(true);
		await t.stop();
	});

	it('settles when the take failed, and when the loop has stopped', async () => {
		const t = setUp();
		await t.endTake('rest');

		const settled = t.loop.settled();
		await quiet();
		await t.endTake(new Error('no'));
		await settled;

		const left = t.loop.settled();
		await t.loop.stop();
		await left;
		await t.loop.settled();
		expect(t.faults).toHaveLength(1);
	});

	it('is silent since the last take without a fault', async () => {
		const t = setUp();
		t.advance(5);
		expect(t.loop.silentMs()).toBe(5);

		await t.endTake('rest');
		expect(t.loop.silentMs()).toBe(0);

		t.loop.ring();
		await quiet();
		t.advance(7);
		await t.endTake(new Error('no'));
		expect(t.loop.silentMs()).toBe(7);
		await t.stop();
	});

	it('measures silence in time that no clock change moves', async () => {
		const now = jest.spyOn(Date, 'now').mockReturnValue(0);
		const loop = startRunLoop({
			take: async () => 'rest',
			restMs: () => 60_000,
			onFault: () => {},
		});
		await quiet();

		now.mockReturnValue(Date.UTC(2030, 0));

		expect(loop.silentMs()).toBeLessThan(60_000);
		now.mockRestore();
		await loop.stop();
	});

	it('takes whatever was added, in any order of additions, takes and faults, by rings alone', async () => {
		const step = fc.constantFrom('add', 'take', 'fail', 'turn');
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
				let waiting = 0;
				let added = 0;
				let taken = 0;
				let inTake = 0;
				let most = 0;
				let endTake: ((how: 'take' | 'fail') => void) | undefined;
				const loop = startRunLoop({
					async take() {
						most = Math.max(most, (inTake += 1));
						const seen = Math.min(waiting, 2);
						const how = await new Promise<'take' | 'fail'>((resolve) => (endTake = resolve));
						inTake -= 1;
						if (how === 'fail') throw new Error('no');
						waiting -= seen;
						taken += seen;
						return seen > 0 ? 'again' : 'rest';
					},
					// Only a rest after a fault ends by itself; another needs its ring.
					rest: (_ms, ended) =>
						new Promise((resolve) => {
							if (faulted) setImmediate(resolve);
							faulted = false;
							ended.addEventListener('abort', () => resolve());
						}),
					restMs: () => 1,
					onFault: () => (faulted = true),
				});
				let faulted = false;
				const end = (how: 'take' | 'fail') => {
					endTake?.(how);
					endTake = undefined;
				};

				for (const one of steps) {
					if (one === 'add') {
						added += 1;
						waiting += 1;
						loop.ring();
					} else if (one === 'turn') await new Promise((resolve) => setImmediate(resolve));
					else end(one);
				}
				let idle = false;
				void loop.settled().then(() => (idle = true));
				while (!idle) {
					end('take');
					await new Promise((resolve) => setImmediate(resolve));
				}
				const stopped = loop.stop();
				end('take');
				await stopped;

				expect([taken, waiting, most]).toEqual([added, 0, 1]);
			}),
		);
	});
});
