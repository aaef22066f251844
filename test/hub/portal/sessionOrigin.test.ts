import { browserName, coarseNetwork } from '../../../hub-server/src/portal/access/sessionOrigin';

describe('where a session is', () => {
	it.each([
		['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
		[
			'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
			'Edge on Windows',
		],
		[
			'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
			'Chrome on Android',
		],
		[
			'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
			'Safari on iPhone',
		],
		[
			'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
			'Safari on macOS',
		],
		['curl/8.5.0', 'A browser'],
		['', 'A browser'],
	])('is the browser that a person would name: %s', (userAgent, name) => {
		expect(browserName(userAgent)).toBe(name);
	});

	it.each([
		['203.0.113.77', '203.0.113.0/24'],
		['::ffff:203.0.113.77', '203.0.113.0/24'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
		['nonsense', 'unknown'],
		[undefined, 'unknown'],
	])('is a network so coarse that it names no household: %s', (address, network) => {
		expect(coarseNetwork(address)).toBe(network);
	});
});
