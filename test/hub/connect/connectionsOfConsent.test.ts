import fc from 'fast-check';
import { connectionsOfConsent } from '../../../hub-server/src/connect/connectionsOfConsent';
import type { XeroConnection } from '../../../hub-server/src/xero/connections/XeroConnection';

const at = (tenantId: string, id = `of-${tenantId}`): XeroConnection => ({
	id,
	tenantId,
	tenantName: tenantId,
	tenantType: 'ORGANISATION',
});
const heldAs = (
	{ id, tenantId }: XeroConnection,
	status: 'active' | 'reauth_required' = 'active',
) => ({ tenantId, xeroConnectionId: id, status });
const [a, b, c] = [at('a'), at('b'), at('c')];

describe('the connections that a consent gives to a workspace', () => {
	it('are those chosen in it, though the token reaches more', () => {
		const own = connectionsOfConsent({ all: [a, b], chosen: [b], held: [], taken: new Set() });

		expect(own).toEqual([b]);
	});

	it('are those that the workspace holds already through the same connection', () => {
		const reach = { all: [a, b, c], chosen: [b], held: [heldAs(a)], taken: new Set([a.id]) };

		expect(connectionsOfConsent(reach)).toEqual([a, b]);
	});

	it('leave one alone that works through the consent of another account', () => {
		const theirs = heldAs(at('a', 'of another account'));
		const reach = { all: [a, b], chosen: [b], held: [theirs], taken: new Set<string>() };

		expect(connectionsOfConsent(reach)).toEqual([b]);
	});

	it('take over one whose own consent has ended', () => {
		const ended = heldAs(at('a', 'of another account'), 'reauth_required');
		const reach = { all: [a, b], chosen: [b], held: [ended], taken: new Set<string>() };

		expect(connectionsOfConsent(reach)).toEqual([a, b]);
	});

	it('are the new ones where Xero does not say what was chosen', () => {
		const reach = { all: [a, b, c], chosen: [], held: [heldAs(a)], taken: new Set([a.id, b.id]) };

		expect(connectionsOfConsent(reach)).toEqual([a, c]);
	});

	it('never hold what only other workspaces hold, unless it was chosen', () => {
		const connections = fc.subarray([a, b, c, at('d'), at('e')]);

		fc.assert(
			fc.property(connections, connections, connections, (chosen, held, ofOthers) => {
				const own = connectionsOfConsent({
					all: [a, b, c],
					chosen,
					held: held.map((one) => heldAs(one)),
					taken: new Set([...held, ...ofOthers].map(({ id }) => id)),
				});

				const swept = own.filter((one) => ofOthers.includes(one) && !held.includes(one));
				expect(swept.filter((one) => !chosen.includes(one))).toEqual([]);
				expect(own).toEqual(expect.arrayContaining([a, b, c].filter((one) => held.includes(one))));
			}),
		);
	});
});
