import type { IDataObject } from 'n8n-workflow';

import { checkTotals } from '../../../nodes/Xero/documents/checkTotals';

const line = (LineAmount?: number, TaxAmount?: number): IDataObject => ({
	...{ UnitAmount: 1, LineAmount, TaxAmount },
});

function refusalOf(document: IDataObject): string | undefined {
	const checked = checkTotals(document, 'quote');
	return checked.ok ? undefined : checked.failure.message;
}

describe('the lines of a document are worth its totals', () => {
	const exclusive = {
		LineAmountTypes: 'Exclusive',
		LineItems: [line(0.1, 0.02), line(0.2, 0.03)],
		SubTotal: 0.3,
		TotalTax: 0.05,
		Total: 0.35,
	};
	const inclusive = { ...exclusive, LineAmountTypes: 'INCLUSIVE', SubTotal: 0.25, Total: 0.3 };
	const untaxed = { ...inclusive, LineAmountTypes: 'NoTax', SubTotal: 0.3, TotalTax: 0 };

	it.each([
		['exclusive', exclusive],
		['inclusive', inclusive],
		['without tax', untaxed],
		['with a text for a line', { ...exclusive, LineItems: [...exclusive.LineItems, {}] }],
		['without any line', { LineAmountTypes: 'Exclusive', LineItems: [], Total: 0 }],
		['of more decimals than cents', { ...exclusive, SubTotal: 0.3004 }],
	])('%s', (_how, document) => {
		expect(refusalOf(document)).toBeUndefined();
	});

	it.each([
		['totals', { LineAmountTypes: 'Exclusive', LineItems: [line(1, 1)] }],
		['their tax treatment', { LineItems: [line(1, 1)], Total: 5 }],
		['amounts of lines', { LineAmountTypes: 'Inclusive', LineItems: [line()], Total: 5 }],
		[
			'tax of lines',
			{ LineAmountTypes: 'Exclusive', LineItems: [line(1)], SubTotal: 1, TotalTax: 2, Total: 3 },
		],
	])('as far as an answer without %s can tell', (_what, document) => {
		expect(refusalOf(document)).toBeUndefined();
	});

	it.each<[string, IDataObject, string, string, string]>([
		[
			'an inclusive quote without its tax',
			{ ...inclusive, LineItems: [line(1100, 0)], SubTotal: 1100, TotalTax: 165, Total: 1265 },
			...(['Total', '1100.00', '1265.00'] as const),
		],
		['a tax of its own', { ...exclusive, TotalTax: 0.06 }, 'TotalTax', '0.05', '0.06'],
		['a total that was rounded', { ...exclusive, Total: 0.4 }, 'Total', '0.35', '0.40'],
		['lines that are not told', { ...exclusive, LineItems: [] }, 'SubTotal', '0.00', '0.30'],
		['a line too few', { ...untaxed, LineItems: [line(0.1)] }, 'Total', '0.10', '0.30'],
	])('or they are refused: %s', (_what, document, name, sum, said) => {
		expect(refusalOf(document)).toBe(
			`The lines that Xero gives of this quote make a ${name} of ${sum}, but it has ${said}: sent back with the change, they would change that`,
		);
	});
});
