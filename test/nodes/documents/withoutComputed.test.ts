import {
	withEnteredDiscount,
	withoutComputed,
} from '../../../nodes/Xero/documents/withoutComputed';
import { ExactNumber } from '../../../nodes/Xero/values/exactJson';

const LineItemID = 'aaaaaaaa-0000-4000-8000-000000000001';

describe('a line without what Xero computes', () => {
	it.each([
		['a product', { Quantity: 3, UnitAmount: 0.1648, LineAmount: 0.49 }],
		['a product below zero', { Quantity: -3, UnitAmount: 0.1648, LineAmount: -0.49 }],
		['half a cent, up', { Quantity: 1, UnitAmount: 0.125, LineAmount: 0.13 }],
		['half a cent, to the even one', { Quantity: 1, UnitAmount: 0.125, LineAmount: 0.12 }],
		['nothing, with 100 %', { Quantity: 1, UnitAmount: 795, DiscountRate: 100, LineAmount: 0 }],
		['a percentage off', { Quantity: 2, UnitAmount: 10.05, DiscountRate: 12.5, LineAmount: 17.59 }],
		[
			'a discount rounded alone',
			{ Quantity: 1, UnitAmount: 0.01, DiscountRate: 50, LineAmount: 0 },
		],
		['an amount off', { Quantity: 2, UnitAmount: 10.05, DiscountAmount: 3.1, LineAmount: 17 }],
		['what a field says', { Quantity: new ExactNumber('2'), UnitAmount: '1.50', LineAmount: 3 }],
	])('has no line amount that is %s', (_what, line) => {
		expect(withoutComputed(line)).not.toHaveProperty('LineAmount');
	});

	it.each([
		['stands alone', { LineAmount: 10 }],
		['has no unit amount', { Quantity: 3, LineAmount: 10 }],
		['has no quantity', { UnitAmount: 3, LineAmount: 10 }],
		[
			'is of a unit amount that was rounded',
			{ Quantity: 900, UnitAmount: 1.1111, LineAmount: 1000 },
		],
		['is a cent off', { Quantity: 3, UnitAmount: 0.1648, LineAmount: 0.48 }],
		['lacks the discount', { Quantity: 1, UnitAmount: 10, DiscountRate: 10, LineAmount: 10 }],
		['is no number', { Quantity: 1, UnitAmount: 10, LineAmount: 'ten' }],
	])('keeps a line amount that %s, for Xero to judge', (_what, line) => {
		expect(withoutComputed(line)).toEqual(line);
	});

	it.each([0, '0', '0.00', new ExactNumber('0.00'), new ExactNumber('-0')])(
		'has no discount of %p',
		(nothing) => {
			expect(withoutComputed({ DiscountRate: nothing, DiscountAmount: nothing })).toEqual({});
		},
	);

	it('keeps a zero that may take a discount away', () => {
		const zero = { LineItemID, DiscountRate: 0 };
		const priced = (UnitAmount: number) => ({ ...zero, Quantity: 1, UnitAmount });

		expect(withoutComputed(zero)).toEqual(zero);
		expect(withoutComputed(priced(5))).toEqual(priced(5));
		expect(withoutComputed(zero, { DiscountRate: 10 })).toEqual(zero);
		for (const none of [{}, { DiscountRate: 0 }, { DiscountAmount: 10 }]) {
			expect(withoutComputed(zero, none)).toEqual({ LineItemID });
		}
		for (const worthless of [0, -5]) {
			expect(withoutComputed(priced(worthless))).not.toHaveProperty('DiscountRate');
		}
	});
});

describe('the discount that was entered', () => {
	const both = { DiscountRate: 20, DiscountAmount: 2000 };

	it.each([
		[true, { DiscountRate: 20 }],
		[false, { DiscountAmount: 2000 }],
		[undefined, both],
	])('is told by DiscountEnteredAsPercent: %p', (DiscountEnteredAsPercent, entered) => {
		expect(withEnteredDiscount({ ...both, DiscountEnteredAsPercent })).toEqual(entered);
	});

	it.each([
		[{ DiscountRate: 20, DiscountAmount: 0 }, { DiscountRate: 20 }],
		[{ DiscountRate: 0, DiscountAmount: 5 }, { DiscountAmount: 5 }],
		[{ DiscountRate: 0, DiscountEnteredAsPercent: false }, { DiscountRate: 0 }],
	])('of %p is %p', (line, entered) => {
		expect(withEnteredDiscount(line)).toEqual(entered);
	});
});
