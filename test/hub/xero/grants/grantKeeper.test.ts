import { startGrantKeeper } from '../../../../hub-server/src/xero/grants/grantKeeper';
import {
	ReauthRequiredError,
	XeroUnreachableError,
} from '../../../../hub-server/src/errors/xeroErrors';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A keeper over grants that were last refreshed so many days ago; each rest is let go by the test. */
function setUp(idleDays: Readonly<Record<string, number>>) {
	let now = Date.UTC(2026, 10, 22);
	const refreshedAt = new Map(Object.entries(idleDays).map(([id, days]) => [id, now - days * DAY]));
	const refreshed: string[] = [];
	const faults: unknown[] = [];
	const rests: number[] = [];
	let refusal: Error | undefined;
	let wake = () => {};
	let onRest = () => {};
	const resting = () => new Promise<void>((resolve) => (onRest = resolve));
	let rested = resting();

	const keeper = startGrantKeeper({
		grants: {
			idleSince: async (before) =>
				[...refreshedAt].flatMap(([id, at]) => (at <= before ? [{ id, refreshedAt: at }] : [])),
		},
		vault: {
			async accessToken(id) {
				if (refusal) throw refusal;
				refreshed.push(id);
				refreshedAt.set(id, now);
				return { token: '', expiresAt: 0, scope: '', clientId: '' };
			},
		},
		clock: () => now,
		random: () => 0.5,
		onKept: () => {},
		onFault: (cause) => faults.push(cause),
		rest: (ms, stopped) => {
			rests.push(ms);
			onRest();
			return new Promise((resolve) => {
				wake = resolve;
				stopped.addEventListener('abort', () => resolve());
			});
		},
	});

	return {
		keeper,
		refreshed,
		faults,
		rests,
		refuse: (error: Error | undefined) => (refusal = error),
		atRest: () => rested,
		async after(ms: number) {
			now += ms;
			rested = resting();
			wake();
			await rested;
		},
	};
}

describe('the keeper of idle grants', () => {
	it('refreshes at its first look what was idle for 59 days, and lets be what is in use', async () => {
		const { keeper, refreshed, atRest } = setUp({ idle: 59, used: 1, month: 27 });

		await atRest();
		await keeper.stop();

		expect(refreshed).toEqual(['idle']);
	});

	it('reaches every grant a month before its refresh token ends, not all in one hour', async () => {
		const ids = Array.from({ length: 50 }, (_, index) => `grant-${index}`);
		const hub = setUp(Object.fromEntries(ids.map((id) => [id, 28])));
		await hub.atRest();
		const perLook = [hub.refreshed.length];

		for (let day = 0; day < 4; day += 1) {
			const before = hub.refreshed.length;
			await hub.after(DAY);
			perLook.push(hub.refreshed.length - before);
		}
		await hub.keeper.stop();

		expect(new Set(hub.refreshed)).toEqual(new Set(ids));
		expect(Math.max(...perLook)).toBeLessThan(25);
	});

	it('tries again in an hour or two what Xero was too busy for', async () => {
		const hub = setUp({ idle: 59 });
		hub.refuse(new XeroUnreachableError('Xero answered 503'));
		await hub.atRest();
		expect(hub.refreshed).toEqual([]);

		hub.refuse(undefined);
		await hub.after(HOUR * 1.5);
		await hub.keeper.stop();

		expect(hub.refreshed).toEqual(['idle']);
		expect(hub.faults).toHaveLength(1);
		expect(hub.rests).toEqual([HOUR * 1.5, HOUR * 1.5]);
	});

	it('leaves a grant that needs a person to its alert', async () => {
		const hub = setUp({ idle: 61 });
		hub.refuse(new ReauthRequiredError('https://hub.example/connect/acme'));

		await hub.atRest();
		await hub.keeper.stop();

		expect(hub.faults).toEqual([]);
	});
});
