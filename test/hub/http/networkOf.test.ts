import * as fc from 'fast-check';
import { networkOf } from '../../../hub-server/src/http/networkOf';

describe('the network that a caller is counted as', () => {
	it('is the address itself for IPv4, also when the socket speaks IPv6', () => {
		fc.assert(
			fc.property(fc.ipV4(), (address) => {
				expect(networkOf(address)).toBe(address);
				expect(networkOf(`::ffff:${address}`)).toBe(address);
			}),
		);
	});

	it('is the same for all of a /64, of which one caller has every address', () => {
		expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
		expect(networkOf('2001:db8:1:2:ffff::1')).toBe('2001:db8:1:2::/64');
		expect(networkOf('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
	});

	it('is one for all whose address is gone', () => {
		expect([networkOf(undefined), networkOf('')]).toEqual(['unknown', 'unknown']);
	});
});
