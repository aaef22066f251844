import fc from 'fast-check';
import { plainValue, sameValue } from '../../../hub-server/src/links/sameValue';

describe('two values of a member say the same', () => {
	it.each([
		['Name', ' Acme   Ltd\t', 'Acme Ltd'],
		['Name', null, undefined],
		['Name', '  ', null],
		['Name', 5, '5'],
		['EmailAddress', 'Jo@Example.COM ', 'jo@example.com'],
		['UnitAmount', '12.50', 12.5],
		['UnitAmount', '-0.00', 0],
		['UnitAmount', 0.1 + 0.2, '0.3'],
		['CurrencyRate', '1.234567', 1.234567],
		['Date', '/Date(1798588800000+0000)/', '2026-12-30'],
		['DueDate', '2026-12-30T00:00:00', '2026-12-30'],
		['DateString', '2026-12-30T00:00:00', '2026-12-30'],
		['UpdatedDateUTC', '/Date(1798588800000+0000)/', '2026-12-30T00:00:00'],
		['Tracking', [], undefined],
		['Contact', { Name: 'Acme', EmailAddress: '' }, { Name: 'Acme' }],
		[
			'Phones',
			[{ PhoneType: 'DEFAULT', PhoneNumber: '+64 (9) 123-4567' }],
			[
				{ PhoneType: 'FAX', PhoneNumber: '', PhoneAreaCode: '' },
				{
					PhoneType: 'DEFAULT',
					PhoneCountryCode: '64',
					PhoneAreaCode: '9',
					PhoneNumber: '1234567',
				},
			],
		],
		['Phones', [{ PhoneNumber: '0064 9 1' }], [{ PhoneType: 'DEFAULT', PhoneNumber: '+6491' }]],
		[
			'Addresses',
			[{ AddressType: 'POBOX', City: 'Napier ' }],
			[
				{ AddressType: 'STREET', City: '' },
				{ City: 'Napier', AddressType: 'POBOX' },
			],
		],
	])('%s: %j and %j', (member, a, b) => {
		expect(sameValue(member, a, b)).toBe(true);
	});

	it.each([
		['Name', 'Acme', 'acme'],
		['AccountCode', '0200', '200'],
		['Reference', '1.0', '1'],
		['UnitAmount', '1.23', '1.24'],
		['UnitAmount', 'twelve', 12],
		['Date', '2026-12-30', '2026-12-31'],
		['UpdatedDateUTC', '2026-12-30T00:00:00', '2026-12-30T00:00:01'],
		[
			'LineItems',
			[{ Description: 'a' }, { Description: 'b' }],
			[{ Description: 'b' }, { Description: 'a' }],
		],
		['Phones', [{ PhoneNumber: '1' }], [{ PhoneType: 'MOBILE', PhoneNumber: '1' }]],
		['IsReconciled', false, undefined],
	])('but not %s: %j and %j', (member, a, b) => {
		expect(sameValue(member, a, b)).toBe(false);
	});

	const MEMBERS = [
		...['Name', 'EmailAddress', 'UnitAmount', 'Date', 'UpdatedDateUTC', 'Phones', 'Addresses'],
		...['LineItems', 'Contact', 'AccountCode'],
	];
	const value = fc.oneof(
		fc.jsonValue(),
		fc.string(),
		fc.double(),
		fc.integer().map((ms) => `/Date(${ms}+0000)/`),
		fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
		fc.array(
			fc.record(
				{
					PhoneType: fc.constantFrom('DEFAULT', 'FAX'),
					PhoneNumber: fc.string(),
					AddressType: fc.constantFrom('POBOX', 'STREET'),
					City: fc.string(),
				},
				{ requiredKeys: [] },
			),
		),
	);

	it('has one spelling, which is its own spelling', () => {
		fc.assert(
			fc.property(fc.constantFrom(...MEMBERS), value, (member, one) => {
				const plain = plainValue(member, one);
				expect(plainValue(member, plain)).toEqual(plain);
				expect(sameValue(member, one, plain)).toBe(true);
			}),
		);
	});

	it('of any amount, however many zeros it is written with', () => {
		fc.assert(
			fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(4), (units, decimals) => {
				const text = (units / 10 ** decimals).toFixed(decimals);
				const padded = decimals === 0 ? `${text}.00` : `${text}00`;
				expect(sameValue('Amount', padded, units / 10 ** decimals)).toBe(true);
				expect(sameValue('Amount', text, (units + 1) / 10 ** decimals)).toBe(false);
			}),
		);
	});
});
