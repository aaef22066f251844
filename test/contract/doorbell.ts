import type { Doorbell, Ring } from '../../hub-server/src/work/Doorbell';

export interface Doorbells {
	/** As two hubs have them: for a doorbell that reaches one process only, the same twice. */
	readonly hubs: readonly [Doorbell, Doorbell];
	close(): Promise<void>;
}

/** What dispatcher, router and replay rely on, whatever the doorbell is made of. */
export function describeDoorbell(name: string, fresh: () => Promise<Doorbells>): void {
	describe(`the doorbell ${name}`, () => {
		let bells: Doorbells;
		beforeEach(async () => {
			bells = await fresh();
		});
		afterEach(() => bells.close());

		const rings = (count: number): Ring[] =>
			Array.from({ length: count }, (_, index) => ({
				deliveryId: `delivery-${index}`,
				attempt: index + 1,
			}));

		/** Collects what is heard, by whichever hub. */
		function listen(...hubs: readonly Doorbell[]) {
			const heard = new Map<string, number>();
			let changed = () => {};
			for (const hub of new Set(hubs)) {
				hub.answer(({ deliveryId, attempt }) => {
					heard.set(deliveryId, attempt);
					changed();
				});
			}
			return {
				heard,
				async until(count: number) {
					while (heard.size < count) await new Promise<void>((resolve) => (changed = resolve));
				},
			};
		}

		it('is heard, with the delivery and the attempt', async () => {
			const { heard, until } = listen(...bells.hubs);

			bells.hubs[0].ring([{ deliveryId: 'd1', attempt: 3 }]);
			await until(1);

			expect([...heard]).toEqual([['d1', 3]]);
		});

		it('reaches a hub for each of many rings, whoever rang', async () => {
			const { heard, until } = listen(...bells.hubs);
			const all = rings(120);

			bells.hubs[0].ring(all.slice(0, 60));
			bells.hubs[1].ring(all.slice(60));
			await until(120);

			expect(heard).toEqual(new Map(all.map((ring) => [ring.deliveryId, ring.attempt])));
		});

		it('is heard by the hub that answers, when another rings', async () => {
			const { until } = listen(bells.hubs[1]);

			bells.hubs[0].ring(rings(3));

			await until(3);
		});

		it('returns before anything else happens, and may ring for nothing', async () => {
			const { until } = listen(...bells.hubs);

			expect(bells.hubs[0].ring(rings(1))).toBeUndefined();
			expect(bells.hubs[0].ring([])).toBeUndefined();

			await until(1);
		});

		it('can be rung before anybody answers', async () => {
			bells.hubs[0].ring(rings(1));
			const { until } = listen(...bells.hubs);

			bells.hubs[0].ring([{ deliveryId: 'later', attempt: 1 }]);

			await until(1);
		});

		it('neither rings nor hears once it is closed, and can be closed again', async () => {
			const { heard } = listen(...bells.hubs);
			for (const hub of bells.hubs) await hub.close();

			for (const hub of bells.hubs) hub.ring(rings(1));
			for (const hub of bells.hubs) await hub.close();

			expect(heard.size).toBe(0);
		});

		it('says how it reaches others', () => {
			expect(['alone', 'up', 'away']).toContain(bells.hubs[0].state());
		});
	});
}
