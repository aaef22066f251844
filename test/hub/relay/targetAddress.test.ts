import fc from 'fast-check';
import { BlockList } from 'node:net';
import { isPublicAddress } from '../../../hub-server/src/relay/targetAddress';
import { createCheckedLookup } from '../../../hub-server/src/relay/targetConnector';

/** IANA's special-purpose registry for IPv4, held against Node's own matcher instead of ours. */
const SPECIAL_V4 = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16',
	'172.16.0.0/12',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'192.31.196.0/24',
	'192.52.193.0/24',
	'192.88.99.0/24',
	'192.168.0.0/16',
	'192.175.48.0/24',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/4',
	'240.0.0.0/4',
];

describe('a public address', () => {
	const special = new BlockList();
	for (const range of SPECIAL_V4) {
		const [net = '', bits] = range.split('/');
		special.addSubnet(net, Number(bits));
	}
	special.addAddress('168.63.129.16');

	it('is any IPv4 address outside the special-purpose registry', () => {
		const inRegistry = fc
			.tuple(fc.constantFrom(...SPECIAL_V4), fc.integer({ min: 0, max: 255 }))
			.map(([range, last]) => range.replace(/\.\d+\/\d+$/, `.${last}`));

		fc.assert(
			fc.property(fc.oneof(fc.ipV4(), inRegistry), (address) => {
				expect(isPublicAddress(address)).toBe(!special.check(address));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('is never an IPv6 address that carries a private IPv4 address', () => {
		const prefixes = fc.constantFrom('::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::');

		fc.assert(
			fc.property(prefixes, fc.ipV4(), (prefix, inner) => {
				expect(isPublicAddress(prefix + inner)).toBe(false);
			}),
		);
	});

	it.each(['', 'localhost', '1.2.3.4.5', 'fe80::1%eth0', '[2606:2800::1]'])(
		'is not the text "%s"',
		(text) => {
			expect(isPublicAddress(text)).toBe(false);
		},
	);
});

describe('the lookup of a connection', () => {
	const addresses = [
		{ address: '93.184.216.34', family: 4 },
		{ address: '2606:2800::1', family: 6 },
	];
	const look = createCheckedLookup(async () => addresses);

	it('hands on exactly the addresses that it checked', async () => {
		const found = await new Promise((resolve) => {
			look('hooks.example.com', { all: true }, (_error, list) => resolve(list));
		});

		expect(found).toEqual(addresses);
	});

	it('hands on the first when one is asked for', async () => {
		const found = await new Promise((resolve) => {
			look('hooks.example.com', {}, (_error, address, family) => resolve({ address, family }));
		});

		expect(found).toEqual(addresses[0]);
	});
});
