import fc from 'fast-check';

import { xeroAddressLength } from '../../../hub-server/protocol/xero';

it('is never shorter than the address that a client writes', () => {
	const text = fc.string({ unit: 'grapheme' });

	fc.assert(
		fc.property(fc.dictionary(fc.constantFrom('where', 'IDs', 'page'), text), (query) => {
			const written = Object.entries(query)
				.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
				.join('&');

			expect(xeroAddressLength('api.xro/2.0/Contacts', query)).toBeGreaterThanOrEqual(
				`https://api.xero.com/api.xro/2.0/Contacts?${written}`.length,
			);
		}),
	);
});
