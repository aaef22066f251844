import fc from 'fast-check';
import {
	documentTotals,
	rateOfComponents,
	type PricesAndRates,
} from '../../../hub-server/src/push/documentTotals';
import { printDecimal, readDecimal } from '../../../hub-server/src/records/decimal';
import type { XeroRecord } from '../../../hub-server/protocol/xero';
import { connectSandbox, type ConnectedSandbox } from '../../sandbox/connectedSandbox';

const RATES: Readonly<Record<string, string>> = { OUTPUT2: '15', NONE: '0', FINE: '12.5' };

const known: PricesAndRates = {
	rateOf: (taxType) => readDecimal(RATES[taxType]),
	usualOf: ({ ItemCode }) => (ItemCode === 'DESK' ? { unitAmount: 25.06 } : {}),
};

/** `subTotal totalTax total`. */
function totalsOf(lines: readonly XeroRecord[], document: XeroRecord = {}): string | undefined {
	const totals = documentTotals(
		{ ...document, LineItems: lines.map((line) => ({ TaxType: 'OUTPUT2', ...line })) },
		known,
	);
	return totals && [totals.subTotal, totals.totalTax, totals.total].map(printDecimal).join(' ');
}

const price = (UnitAmount: unknown, more: XeroRecord = {}) => ({ UnitAmount, ...more });

describe('the totals of a document', () => {
	it.each([
		// Xero's own example: the tax of the sum would be 11.45 (developer.xero.com, Rounding in Xero).
		['tax a line', [price(25.06), price(25.61), price(25.63)], {}, '76.30 11.44 87.74'],
		// Xero's community manager: 2.165 is rounded up to 2.17, and 2.164 down (discussion 66891).
		['half a cent', [price(17.32, { TaxType: 'FINE' })], {}, '17.32 2.17 19.49'],
		['less than half', [price(17.31, { TaxType: 'FINE' })], {}, '17.31 2.16 19.47'],
		['half a cent below zero', [price(-17.32, { TaxType: 'FINE' })], {}, '-17.32 -2.17 -19.49'],
		['four decimals', [price('0.0612', { Quantity: 1000 })], {}, '61.20 9.18 70.38'],
		['a fifth decimal', [price('0.00005', { Quantity: 100 })], {}, '0.01 0.00 0.01'],
		['binary noise', [price(0.1 + 0.2)], {}, '0.30 0.05 0.35'],
		['inclusive', [price(115)], { LineAmountTypes: 'Inclusive' }, '100.00 15.00 115.00'],
		['inclusive, odd', [price(10)], { LineAmountTypes: 'INCLUSIVE' }, '8.70 1.30 10.00'],
		['no tax', [price(10)], { LineAmountTypes: 'NoTax' }, '10.00 0.00 10.00'],
		['a rate', [price(9.99, { DiscountRate: 33.3333 })], {}, '6.66 1.00 7.66'],
		['an amount', [price(9.99, { DiscountAmount: '0.99' })], {}, '9.00 1.35 10.35'],
		['a negative line', [price(100), price(-10.03)], {}, '89.97 13.50 103.47'],
		['nothing', [price(0)], {}, '0.00 0.00 0.00'],
		['no lines', [], {}, '0.00 0.00 0.00'],
		['words alone', [{ Description: 'Thank you' }, price(1)], {}, '1.00 0.15 1.15'],
		['an amount alone', [{ LineAmount: 61.17 }], {}, '61.17 9.18 70.35'],
		['the price of an item', [{ ItemCode: 'DESK', Quantity: 2 }], {}, '50.12 7.52 57.64'],
		['a tax by hand', [price(100, { TaxAmount: 14.99 })], {}, '100.00 14.99 114.99'],
	])('%s: as Xero computes them', (_what, lines, document, expected) => {
		expect(totalsOf(lines, document)).toBe(expected);
	});

	it('are not known without a price or a rate', () => {
		expect(totalsOf([{ ItemCode: 'UNKNOWN' }])).toBeUndefined();
		expect(totalsOf([price(1, { TaxType: 'UNKNOWN' })])).toBeUndefined();
	});
});

describe('the rate of components', () => {
	it.each([
		[[{ Rate: 15 }], '15'],
		[[{ Rate: 5 }, { Rate: 8.25 }], '13.25'],
		[[{ Rate: 5 }, { Rate: 10, IsCompound: true }], '15.5'],
		[[], '0'],
	])('%j is %s %', (components, rate) => {
		const found = rateOfComponents(components);
		expect(Number(printDecimal(found))).toBe(Number(rate));
	});
});

describe('beside an independent computation', () => {
	let sandbox: ConnectedSandbox;

	beforeAll(async () => {
		sandbox = await connectSandbox();
	});
	afterAll(() => sandbox.close());

	it('come to the same for two thousand documents of every kind', async () => {
		const { json } = await sandbox.get('/TaxRates');
		const rates = new Map(
			(json['TaxRates'] as unknown as XeroRecord[]).map((rate) => [
				String(rate['TaxType']),
				rateOfComponents(rate['TaxComponents'] as readonly unknown[]),
			]),
		);
		const prices: PricesAndRates = { rateOf: (type) => rates.get(type), usualOf: () => ({}) };
		const { json: contacts } = await sandbox.get('/Contacts?page=1');
		const [contact] = contacts['Contacts'] as unknown as XeroRecord[];
		const line = fc.record(
			{
				Description: fc.constant('Something'),
				Quantity: fc.integer({ min: 1, max: 200_000 }).map((units) => units / 10_000),
				UnitAmount: fc.integer({ min: -90_000, max: 9_000_000 }).map((units) => units / 10_000),
				TaxType: fc.constantFrom('OUTPUT2', 'NONE', 'OUTPUT2', 'ZERORATED'),
				AccountCode: fc.constant('200'),
			},
			{ requiredKeys: ['Description', 'Quantity', 'UnitAmount', 'TaxType', 'AccountCode'] },
		);
		const discounted = fc
			.tuple(line, fc.integer({ min: 0, max: 9999 }), fc.boolean())
			.map(([one, share, isRate]) => {
				if (one.UnitAmount * one.Quantity < 0.1) return one;
				return isRate
					? { ...one, DiscountRate: share / 100 }
					: {
							...one,
							DiscountAmount: Math.floor((one.UnitAmount * one.Quantity * share) / 100) / 100,
						};
			});
		const documents = fc.sample(
			fc.record({
				Type: fc.constant('ACCREC'),
				Contact: fc.constant({ ContactID: contact?.['ContactID'] }),
				LineAmountTypes: fc.constantFrom('Exclusive', 'Inclusive', 'NoTax'),
				LineItems: fc.array(fc.oneof(line, discounted), { minLength: 1, maxLength: 6 }),
			}),
			2_000,
		);
		for (let start = 0; start < documents.length; start += 100) {
			const batch = documents.slice(start, start + 100);
			const answer = await sandbox.put('/Invoices?summarizeErrors=false&unitdp=4', {
				Invoices: batch,
			});
			const answered = answer.json['Invoices'] as unknown as XeroRecord[];
			batch.forEach((document, index) => {
				const found = answered[index] as XeroRecord;
				expect(found['ValidationErrors'] ?? []).toEqual([]);
				const totals = documentTotals(document, prices);
				const both = ['SubTotal', 'TotalTax', 'Total'].map((name) => Number(found[name]));
				const own = totals && [totals.subTotal, totals.totalTax, totals.total];
				expect({ document, own: own?.map((one) => Number(printDecimal(one))) }).toEqual({
					document,
					own: both,
				});
			});
		}
	}, 120_000);
});
