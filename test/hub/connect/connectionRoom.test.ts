import { readConnectionRoom } from '../../../hub-server/src/connect/connectionRoom';

describe('the connections of a Xero app', () => {
	const read = (tier: string, used: number, statuses: readonly ('active' | 'reauth_required')[]) =>
		readConnectionRoom(
			{ countOfApp: async (clientId) => (clientId === 'THE-APP' ? used : 0) },
			{ clientId: 'THE-APP', tier },
			statuses.map((status) => ({ status })),
		);

	it.each([
		['starter', 4, 5, false],
		['starter', 5, 5, true],
		['25', 25, 25, true],
		['enterprise', 20_000, undefined, false],
		['what an older hub saved', 7, undefined, false],
	])('on the tier %s, of which %i are used, are %s at most', async (tier, used, cap, isFull) => {
		expect(await read(tier, used, ['active'])).toEqual({ used, cap, tier, isFull });
	});

	it('leave room to renew what is stopped, since that needs none', async () => {
		expect(await read('starter', 5, ['active', 'reauth_required'])).toMatchObject({
			isFull: false,
		});
	});
});
