import fc from 'fast-check';
import { MAPPING_KINDS } from '../../../hub-server/src/database/tables';
import { chartValuesOf } from '../../../hub-server/src/mapping/chartValues';
import type { ChartValue } from '../../../hub-server/src/mapping/ChartValue';
import { findInChart } from '../../../hub-server/src/mapping/judgeMapping';
import { readCsv } from '../../../hub-server/src/links/csv';
import { likeness } from '../../../hub-server/src/mapping/likeness';
import { readMappingCsv, writeMappingCsv } from '../../../hub-server/src/mapping/mappingCsv';
import type { MappedValue } from '../../../hub-server/src/mapping/Mapping';
import { suggestValues } from '../../../hub-server/src/mapping/suggestValues';
import { ACCOUNTS, guid, TAX_RATES, TRACKING } from '../../contract/mappingFixture';

const accounts = Object.values(ACCOUNTS).flatMap((one) => chartValuesOf('account', one));
const payable = Object.values(ACCOUNTS).flatMap((one) => chartValuesOf('payment_account', one));
const taxRates = TAX_RATES.flatMap((one) => chartValuesOf('tax_rate', one));
const usable = (values: readonly ChartValue[]) =>
	values.filter(({ trouble }) => trouble === null).map(({ value }) => value);

describe('what an organisation has', () => {
	it('offers for lines what is active, no bank account, and not what Xero posts to by itself', () => {
		expect(usable(accounts)).toEqual(['200', '260', '493', '880']);
	});

	it('offers for payments bank accounts, by id where they have no code, and those with payments enabled', () => {
		expect(usable(payable)).toEqual(['090', guid(6), '880']);
	});

	it('offers active tax rates, each where Xero allows it', () => {
		expect(usable(taxRates)).toEqual(['OUTPUT2', 'INPUT2', 'NONE']);
		expect(taxRates.map(({ suits }) => [suits.sales, suits.purchases])).toEqual([
			...[
				[true, false],
				[false, true],
				[true, true],
				[true, true],
			],
		]);
	});

	it('offers active options of active categories', () => {
		expect(usable(TRACKING.flatMap((one) => chartValuesOf('tracking', one)))).toEqual([
			{ category: 'Region', option: 'North' },
		]);
		const archived = TRACKING.map((one) => ({ ...one, Status: 'ARCHIVED' }));
		expect(usable(archived.flatMap((one) => chartValuesOf('tracking', one)))).toEqual([]);
	});

	it.each(MAPPING_KINDS)('takes nothing from a record of %s that says nothing', (kind) => {
		expect(chartValuesOf(kind, {})).toEqual([]);
	});
});

describe('what a mapping means in it', () => {
	const option = (id: number, name: string, status = 'ACTIVE') => ({
		TrackingOptionID: guid(id),
		...{ Name: name, Status: status },
	});
	const region = (...options: readonly object[]) =>
		chartValuesOf('tracking', { Name: 'Region', Status: 'ACTIVE', Options: options });
	const north = (xeroId: string | null) => ({
		...{ kind: 'tracking' as const, direction: undefined, xeroId },
		value: { category: 'Region', option: 'North' },
	});
	const valueOf = (...args: Parameters<typeof findInChart>) => {
		const found = findInChart(...args);
		return found.ok ? found.value.value : found.reason;
	};

	it('follows an option that was renamed, by its id', () => {
		expect(valueOf(north(guid(1)), region(option(1, 'Northern')))).toEqual({
			...{ category: 'Region', option: 'Northern' },
		});
	});

	it('takes an option that was made anew by the same name', () => {
		expect(
			valueOf(north(guid(1)), region(option(1, 'North', 'ARCHIVED'), option(2, 'North'))),
		).toEqual({ category: 'Region', option: 'North' });
	});

	it('asks a person where the name is another one now', () => {
		expect(valueOf(north(guid(1)), region(option(1, 'South'), option(2, 'North')))).toMatch(
			/"Region: North" is another tracking option in Xero now.*"Region: South"/,
		);
	});

	it('follows a contact into the one that it was merged with', () => {
		const merged = chartValuesOf('contact', {
			...{ ContactID: guid(1), Name: 'Old', ContactStatus: 'ARCHIVED', MergedToContactID: guid(2) },
		});
		const into = chartValuesOf('contact', {
			...{ ContactID: guid(2), Name: 'New', ContactStatus: 'ACTIVE' },
		});
		const sought = {
			...{ kind: 'contact' as const, value: guid(1), xeroId: guid(1), direction: undefined },
		};

		expect(valueOf(sought, [...merged, ...into])).toBe(guid(2));
		expect(valueOf(sought, merged)).toMatch(/merged into another/);
	});

	it.each([
		['payment_account', '200', payable, /takes no payments/],
		['tax_rate', 'TAX001', taxRates, /the tax rate is deleted/],
		['account', '610', accounts, /Xero posts to it by itself/],
		['account', '999', accounts, /has no account "999" any more/],
	] as const)('says why a %s %s cannot be used', (kind, value, values, reason) => {
		expect(valueOf({ kind, value, xeroId: null, direction: undefined }, values)).toMatch(reason);
	});

	it('says that a tax rate is for the other side', () => {
		expect(
			valueOf({ kind: 'tax_rate', value: 'INPUT2', xeroId: null, direction: 'sales' }, taxRates),
		).toMatch(/cannot be used for sales/);
	});
});

describe('suggestions', () => {
	const first = (key: string, direction?: 'sales' | 'purchases', values = accounts) => {
		const [best] = suggestValues({ kind: values[0]?.kind ?? 'account', key, direction }, values);
		return best && [best.value.value, best.because];
	};

	it.each([
		['200', undefined, ['200', 'code']],
		['sales', undefined, ['200', 'name']],
		['Travl', undefined, ['493', 'alike']],
		['zzz', 'sales', ['200', 'usual']],
		['Travl', 'sales', ['200', 'usual']],
		['travel', 'sales', ['493', 'name']],
		['zzz', undefined, undefined],
		['499', undefined, undefined],
	] as const)('of "%s" on %s are %j', (key, direction, best) => {
		expect(first(key, direction)).toEqual(best);
	});

	it('of an account go by what tells it apart, not by the word income', () => {
		const named = (Code: string, Name: string) =>
			chartValuesOf('account', { ...ACCOUNTS['sales'], AccountID: guid(Number(Code)), Code, Name });
		const revenues = [named('204', 'Repair Income'), named('260', 'Other Revenue')].flat();

		const [best] = suggestValues(
			{ kind: 'account', key: 'Other income', direction: 'sales' },
			revenues,
		);

		expect(best?.value.code).toBe('260');
	});

	it('go by the percentage of a tax rate, on the side of the document', () => {
		expect(first('VAT 15', 'sales', taxRates)).toEqual(['OUTPUT2', 'rate']);
		expect(first('VAT 15', 'purchases', taxRates)).toEqual(['INPUT2', 'rate']);
		expect(first('INPUT2', 'sales', taxRates)).toBeUndefined();
	});

	it('are never what cannot be used', () => {
		fc.assert(
			fc.property(fc.string(), (key) => {
				for (const { value } of suggestValues({ kind: 'account', key }, accounts)) {
					expect(value.trouble).toBeNull();
				}
			}),
		);
	});
});

describe('likeness', () => {
	it('is the same both ways, between 0 and 1, and 1 for the same', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (one, other) => {
				const alike = likeness(one, other);
				expect(alike).toBe(likeness(other, one));
				expect(alike).toBeGreaterThanOrEqual(0);
				expect(alike).toBeLessThanOrEqual(1);
				expect(likeness(one, one)).toBe(1);
			}),
		);
	});

	it('minds neither case nor the order of words', () => {
		expect(likeness('Motor Vehicle Expenses', 'expenses, MOTOR vehicle')).toBe(1);
		expect(likeness('Sales', 'Rent')).toBeLessThan(0.3);
	});
});

describe('mappings as CSV', () => {
	const text = fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
		.map((some) => some.trim())
		.filter((some) => some !== '');
	const nasty = fc
		.tuple(fc.constantFrom('', "'", "''", '=', '+1', '-', '@x', '"', ';', ',', 'a\r\nb'), text)
		.map(([before, after]) => `${before}${after}`.trim());
	const value: fc.Arbitrary<MappedValue> = fc.oneof(
		nasty,
		fc.record({ category: nasty, option: nasty }),
	);
	const mapping = fc
		.record({
			kind: fc.constantFrom(...MAPPING_KINDS),
			...{ system: nasty.map((some) => some.slice(0, 50).trim()), key: nasty, value },
			direction: fc.constantFrom('sales' as const, 'purchases' as const, undefined),
		})
		.map(({ direction, ...one }) => ({
			...one,
			value:
				(one.kind === 'tracking') === (typeof one.value === 'string')
					? one.kind === 'tracking'
						? { category: 'Region', option: String(one.value) }
						: 'text'
					: one.value,
			...(one.kind === 'tax_rate' && direction !== undefined && { direction }),
		}));

	it('say the same when they are read again', () => {
		fc.assert(
			fc.property(fc.array(mapping, { maxLength: 10 }), (mappings) => {
				const csv = writeMappingCsv(mappings.map((one) => ({ ...one, label: '=label' })));

				const { rows, faults } = readMappingCsv(csv);

				expect(faults).toEqual([]);
				expect(rows.map(({ wish }) => wish)).toEqual(mappings);
			}),
		);
	});

	it('hold no cell that a spreadsheet would run', () => {
		fc.assert(
			fc.property(mapping, (one) => {
				const csv = writeMappingCsv([{ ...one, label: '@SUM(A1)' }], { withHead: false });

				const cells = readCsv(csv).flatMap((row) => row.cells);
				expect(cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
			}),
		);
	});

	it.each([
		['key,value\r\na,b', /kind is missing/],
		['kind,key,value\r\ncolour,a,b', /row 2|no kind/],
		['kind,key,value\r\ntracking,a,Region', /option is missing/],
		['kind,key,value,direction\r\naccount,a,b,sales', /Only a tax_rate/],
	])('name the row that cannot be read: %j', (csv, reason) => {
		const { faults } = readMappingCsv(csv);
		expect(faults.map((fault) => fault.reason).join()).toMatch(reason);
	});
});
