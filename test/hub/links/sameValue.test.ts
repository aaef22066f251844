import fc from 'fast-check';
import { isEmptyValue, sameValue } from '../../../hub-server/src/links/sameValue';

describe('two values of a member', () => {
	it.each([
		['Name', 'Ann Lee', ' Ann  Lee '],
		['Name', 'Zoë', 'Zoe\u0308'],
		['Description', 'two\nlines', 'two\r\nlines'],
		['EmailAddress', 'Ann@Example.com', 'ann@example.com '],
		['Status', 'AUTHORISED', 'authorised'],
		['AccountNumber', '', undefined],
		['AccountNumber', null, '   '],
		['Tracking', [], undefined],
		['UnitAmount', '12.5', 12.5],
		['UnitAmount', 0.1 + 0.2, 0.3],
		['UnitAmount', '-0.00', 0],
		['CurrencyRate', '1.234567', 1.234567],
		['Contact', { Name: 'Acme', EmailAddress: '' }, { Name: 'Acme' }],
		['UpdatedDateUTC', '/Date(1798588800000+0000)/', '2026-12-30T00:00:00'],
		['Phones', [{ PhoneNumber: '1' }], [{ PhoneType: 'DEFAULT', PhoneNumber: '1' }]],
		['Amount', 10.004, '10.00'],
		['Date', '/Date(1772323200000+0000)/', '2026-03-01'],
		['DueDate', '2026-03-01T00:00:00', '2026-03-01'],
		[
			'Phones',
			{ PhoneType: 'DEFAULT', PhoneNumber: '+64 (9) 123-4567' },
			{
				PhoneType: 'DEFAULT',
				PhoneCountryCode: '64',
				PhoneAreaCode: '9',
				PhoneNumber: '1234567',
			},
		],
		[
			'Phones',
			{ PhoneType: 'DEFAULT', PhoneNumber: '0064 9 1234567' },
			{ PhoneType: 'DEFAULT', PhoneNumber: '+6491234567' },
		],
		[
			'Phones',
			[{ PhoneType: 'FAX', PhoneNumber: '', PhoneAreaCode: '', PhoneCountryCode: '' }],
			[null],
		],
		['Addresses', [{ AddressType: 'STREET', City: '' }], []],
		[
			'LineItems',
			[{ Description: 'a' }, { Description: 'b' }],
			[
				{ LineItemID: '1', Description: 'b' },
				{ LineItemID: '2', Description: 'a' },
			],
		],
	])('%s: %j says the same as %j', (member, one, other) => {
		expect(sameValue(member, one, other)).toBe(true);
	});

	it.each([
		['Name', 'Ann Lee', 'ann lee'],
		['AccountCode', '090', '90'],
		['UnitAmount', '1.0001', '1.0002'],
		['Amount', 10.004, 10.005],
		['Reference', '1.0', '1'],
		['Date', '2026-03-01', '2026-03-02'],
		['UpdatedDateUTC', '2026-12-30T00:00:00', '2026-12-30T00:00:01'],
		['UnitAmount', 'twelve', 12],
		['IsReconciled', false, undefined],
		['LineItems', [{ Description: 'a' }, { Description: 'a' }], [{ Description: 'a' }]],
		['Phones', [{ PhoneType: 'DDI', PhoneNumber: '1' }], [{ PhoneType: 'FAX', PhoneNumber: '1' }]],
	])('%s: %j says something else than %j', (member, one, other) => {
		expect(sameValue(member, one, other)).toBe(false);
	});

	it('are the same to each other, whichever comes first, and to themselves', () => {
		const member = fc.constantFrom('Name', 'EmailAddress', 'UnitAmount', 'Date', 'Tracking');
		const text = fc.constantFrom('', ' ', 'Ann', 'ANN ', '1', '1.00', '2026-03-01', '/Date(0)/');
		const value = fc.oneof(text, fc.double({ noNaN: true }), fc.constant(null), fc.array(text));
		fc.assert(
			fc.property(member, value, value, (name, one, other) => {
				expect(sameValue(name, one, one)).toBe(true);
				expect(sameValue(name, one, other)).toBe(sameValue(name, other, one));
			}),
		);
	});

	it('are the same amount, however many zeros it is written with', () => {
		fc.assert(
			fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(4), (units, decimals) => {
				const text = (units / 10 ** decimals).toFixed(decimals);
				const padded = decimals === 0 ? `${text}.00` : `${text}00`;
				expect(sameValue('UnitAmount', padded, units / 10 ** decimals)).toBe(true);
				expect(sameValue('UnitAmount', text, (units + 1) / 10 ** decimals)).toBe(false);
			}),
		);
	});

	it('are empty where only the label of a slot is there', () => {
		expect(isEmptyValue('Phones', { PhoneType: 'MOBILE', PhoneNumber: '' })).toBe(true);
		expect(isEmptyValue('Quantity', 0)).toBe(false);
	});
});
