import { mergeLines } from '../../../nodes/Xero/documents/mergeLines';
import { ExactNumber } from '../../../nodes/Xero/values/exactJson';

const tea = {
	LineItemID: 'aaaaaaaa-0000-4000-8000-000000000001',
	Description: 'Tea',
	Quantity: 3,
	UnitAmount: 0.1648,
	LineAmount: 0.49,
	AccountCode: '200',
	AccountID: 'aaaaaaaa-0000-4000-8000-00000000000a',
	TaxType: 'OUTPUT2',
	TaxAmount: 0.05,
	DiscountRate: 2.5,
	Tracking: [{ Name: 'Region', Option: 'North', TrackingOptionID: 'n' }],
	ValidationErrors: [],
};
const ink = {
	LineItemID: 'aaaaaaaa-0000-4000-8000-000000000002',
	AccountID: 'aaaaaaaa-0000-4000-8000-00000000000b',
	Description: 'Ink',
};
const invoice = { LineAmountTypes: 'Exclusive', LineItems: [tea, ink] };

function without(line: object, ...names: readonly string[]): object {
	return Object.fromEntries(Object.entries(line).filter(([name]) => !names.includes(name)));
}
const teaAsSent = without(tea, 'AccountID', 'ValidationErrors');

function linesOf(given: ReadonlyArray<Record<string, unknown>>, more = {}): unknown {
	const merged = mergeLines(invoice, { ...more, LineItems: given }, 'invoice');
	return merged.ok ? merged.value['LineItems'] : merged.failure.message;
}

describe('lines that change some of a document', () => {
	it('leave a change without lines as it is', () => {
		expect(mergeLines(invoice, { Reference: 'x' }, 'invoice')).toMatchObject({
			value: { Reference: 'x' },
		});
	});

	it('send back whole what is kept, and what is changed with it', () => {
		const LineItemID = tea.LineItemID.toUpperCase();

		expect(linesOf([{ LineItemID, Description: 'Green tea' }, { Description: 'New' }])).toEqual([
			{ ...teaAsSent, LineItemID, Description: 'Green tea' },
			ink,
			{ Description: 'New' },
		]);
	});

	it('keep amounts that are given as they were, and drop those that no longer hold', () => {
		const { LineItemID } = tea;
		const open = without(teaAsSent, 'TaxAmount', 'LineAmount');
		const Quantity = new ExactNumber('3.0000');
		const four = new ExactNumber('4');

		expect(linesOf([{ LineItemID, Quantity }])).toEqual([{ ...teaAsSent, Quantity }, ink]);
		expect(linesOf([{ LineItemID, Quantity: four }])).toEqual([{ ...open, Quantity: four }, ink]);
	});

	it('have one account', () => {
		const { LineItemID } = tea;
		const { AccountID } = ink;

		const [changed] = linesOf([{ LineItemID, AccountID }]) as object[];

		expect(changed).toMatchObject({ AccountID });
		for (const name of ['AccountCode', 'TaxType', 'TaxAmount']) {
			expect(changed).not.toHaveProperty(name);
		}
	});

	it('keep the kind of discount that they have, since Xero does', () => {
		const [byRate, byAmount] = [tea, { ...without(tea, 'DiscountRate'), DiscountAmount: 1 }];
		const discounted = (line: object, given: Record<string, string>) => {
			const numbers = Object.entries(given).map(([name, text]) => [name, new ExactNumber(text)]);
			return mergeLines(
				{ LineItems: [line] },
				{ LineItems: [{ LineItemID: tea.LineItemID, ...Object.fromEntries(numbers) }] },
				'invoice',
			).ok;
		};

		expect(discounted(byRate, { DiscountRate: '5' })).toBe(true);
		expect(discounted(byAmount, { DiscountAmount: '5' })).toBe(true);
		expect(discounted(without(tea, 'DiscountRate'), { DiscountAmount: '5' })).toBe(true);
		expect(discounted(byRate, { DiscountAmount: '5' })).toBe(false);
		expect(discounted(byRate, { DiscountRate: '0', DiscountAmount: '5' })).toBe(false);
		expect(discounted({ ...tea, DiscountRate: 0 }, { DiscountAmount: '5' })).toBe(false);
		expect(discounted(byAmount, { DiscountRate: '5' })).toBe(false);
	});

	it('take no line amount of its own, which Xero refuses, but one with its unit amount', () => {
		const { LineItemID } = tea;
		const LineAmount = new ExactNumber('50');
		const UnitAmount = new ExactNumber('16.6667');

		expect(linesOf([{}, { LineItemID, LineAmount }])).toBe(
			'Line 2: the Line Amount of an existing line is its Quantity times its Unit Amount',
		);
		expect(linesOf([{ LineItemID, LineAmount: tea.LineAmount }])).toEqual([teaAsSent, ink]);
		expect(linesOf([{ LineItemID, LineAmount, UnitAmount }])).toMatchObject([
			{ LineAmount, UnitAmount },
			ink,
		]);
	});

	it('leave the tax to Xero where amounts get another meaning', () => {
		const [first] = linesOf([{ Description: 'New' }], { LineAmountTypes: 'Inclusive' }) as object[];

		expect(first).not.toHaveProperty('TaxAmount');
		expect(linesOf([{ Description: 'New' }], { LineAmountTypes: 'EXCLUSIVE' })).toMatchObject([
			{ TaxAmount: 0.05 },
			{},
			{},
		]);
	});
});
