import { connectionCap } from '../../../hub-server/src/workspaces/connectionCap';
import { ConnectionCapError, UnknownTierError } from '../../../hub-server/src/errors/xeroErrors';

describe('the connections that an app may have', () => {
	it.each([
		['starter', 5],
		['core', 50],
		['plus', 1_000],
		['advanced', 10_000],
		['enterprise', Number.POSITIVE_INFINITY],
		['12', 12],
	])('are those of %s', (tier, cap) => {
		expect(connectionCap(tier)).toBe(cap);
	});

	it.each(['gold', '', '0', '-1', '1.5', 'constructor'])('are not known of "%s"', (tier) => {
		expect(() => connectionCap(tier)).toThrow(UnknownTierError);
		expect(() => connectionCap(tier)).toThrow('Choose the tier and save the app keys again.');
	});

	it('are told as people count', () => {
		expect(new ConnectionCapError('1', 1).message).toContain(
			'may have 1 connection, and it is used.',
		);
		expect(new ConnectionCapError('starter', 5).message).toContain(
			'may have 5 connections on its tier "starter", and all are used.',
		);
	});
});
