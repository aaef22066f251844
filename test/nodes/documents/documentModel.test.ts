import { totalsOf, type AmountsAre } from './documentModel';

const line = (Quantity: string, UnitAmount: string, more = {}) => ({
	...{ Quantity, UnitAmount, taxRate: '15' },
	...more,
});

/** Reckoned by hand. */
it.each<[AmountsAre, ReturnType<typeof line>, string, string, string]>([
	['Exclusive', line('1', '100'), '100.00', '15.00', '115.00'],
	['Inclusive', line('1', '115'), '100.00', '15.00', '115.00'],
	['NoTax', line('1', '115'), '115.00', '0.00', '115.00'],
	['Exclusive', line('3', '0.1648'), '0.49', '0.07', '0.56'],
	['Exclusive', line('1', '0.125'), '0.13', '0.02', '0.15'],
	['Exclusive', line('-1', '0.125'), '-0.13', '-0.02', '-0.15'],
	['Exclusive', line('2', '10.05', { DiscountRate: '12.5' }), '17.59', '2.64', '20.23'],
	['Exclusive', line('1', '795', { DiscountRate: '100' }), '0.00', '0.00', '0.00'],
	['Inclusive', line('2', '10.05', { DiscountAmount: '3.1' }), '14.78', '2.22', '17.00'],
	['Exclusive', line('1', '0.01', { taxRate: '0' }), '0.01', '0.00', '0.01'],
])('%s: %p comes to %s and %s of tax', (amountsAre, one, SubTotal, TotalTax, Total) => {
	expect(totalsOf([one], amountsAre)).toEqual({ SubTotal, TotalTax, Total });
});

it('rounds each line, not the sum of them', () => {
	const lines = [line('1', '0.03'), line('1', '0.03'), line('1', '0.03')];

	expect(totalsOf(lines, 'Exclusive')).toEqual({
		SubTotal: '0.09',
		TotalTax: '0.00',
		Total: '0.09',
	});
});
