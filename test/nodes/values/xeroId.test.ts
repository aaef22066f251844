import fc from 'fast-check';

import { parseXeroId } from '../../../nodes/Xero/values/xeroId';

describe('parseXeroId', () => {
	it('finds the id by itself and in any address of go.xero.com', () => {
		const addresses = fc.constantFrom(
			(id: string) => id,
			(id: string) => ` ${id.toUpperCase()} `,
			(id: string) => `https://go.xero.com/app/!mBdtL/contacts/contact/${id}`,
			(id: string) => `https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=${id}&x=1`,
			(id: string) => `https://go.xero.com/Contacts/View/${id}`,
		);

		fc.assert(
			fc.property(fc.uuid(), addresses, (id, address) => {
				expect(parseXeroId(address(id), 'Contact')).toEqual({ ok: true, value: id });
			}),
		);
	});

	it.each(['', 'INV-0001', 'https://example.com/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777'])(
		'refuses %j',
		(text) => {
			expect(parseXeroId(text, 'Invoice')).toMatchObject({ ok: false });
		},
	);
});
