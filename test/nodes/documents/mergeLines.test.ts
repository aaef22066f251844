import type { IDataObject } from 'n8n-workflow';

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
const teaAsSent = without(tea, 'AccountID', 'ValidationErrors', 'LineAmount');

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

	it('send back what is kept, but for what Xero computes of it, and what is changed with it', () => {
		const LineItemID = tea.LineItemID.toUpperCase();

		expect(linesOf([{ LineItemID, Description: 'Green tea' }, { Description: 'New' }])).toEqual([
			{ ...teaAsSent, LineItemID, Description: 'Green tea' },
			ink,
			{ Description: 'New' },
		]);
	});

	it('keep amounts that are given as they were, and drop those that no longer hold', () => {
		const { LineItemID } = tea;
		const open = without(teaAsSent, 'TaxAmount');
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

	it('have a discount of nothing only where it takes away one that is there', () => {
		const { LineItemID } = tea;
		const zero = new ExactNumber('0.00');
		const rate = (line: unknown) => (line as IDataObject)['DiscountRate'];

		const [taken, idle] = linesOf([
			{ LineItemID, DiscountRate: zero },
			{ LineItemID: ink.LineItemID, DiscountRate: zero },
		]) as object[];

		expect([rate(taken), rate(idle)]).toEqual([zero, undefined]);
		expect(linesOf([{ Description: 'New', DiscountRate: zero, DiscountAmount: zero }])).toEqual([
			teaAsSent,
			ink,
			{ Description: 'New' },
		]);
	});

	it('keep the kind of discount that was entered, where Xero answers both', () => {
		const both = { ...tea, DiscountAmount: 0.01, DiscountEnteredAsPercent: true };
		const changed = (given: object) => {
			const change = { LineItems: [{ LineItemID: tea.LineItemID, ...given }] };
			const merged = mergeLines({ LineItems: [both] }, change, 'invoice');
			return merged.ok ? merged.value['LineItems'] : merged.failure.message;
		};

		const five = new ExactNumber('5');

		expect(changed({ Description: 'Tea' })).toEqual([teaAsSent]);
		expect(changed({ DiscountRate: five })).toEqual([
			{ ...without(teaAsSent, 'TaxAmount'), DiscountRate: five },
		]);
		expect(changed({ DiscountAmount: five })).toContain('a line has either a Discount %');
	});

	it('are not sent back where they are not worth what the document is', () => {
		const quote = {
			LineAmountTypes: 'INCLUSIVE',
			LineItems: [{ LineItemID: tea.LineItemID, Quantity: 1, UnitAmount: 1100, LineAmount: 1100 }],
			Total: 1265,
		};

		expect(mergeLines(quote, { LineItems: [{ Description: 'New' }] }, 'quote')).toMatchObject({
			ok: false,
			failure: { message: expect.stringMatching(/this quote make a Total of 1100.00.*1265.00/) },
		});
		expect(mergeLines(quote, { Title: 'x' }, 'quote')).toMatchObject({ ok: true });
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
