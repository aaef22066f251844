import type { Field } from '../../fields/Field';
import { asDecimal } from '../../fields/writers';

function amountField(
	displayName: string,
	name: string,
	xero: string,
	placeholder: string,
	description: string,
): Field {
	return {
		property: { displayName, name, type: 'string', default: '', placeholder, description },
		write: asDecimal(xero),
	};
}

/**
 * Of organisations for which Xero has enabled rounding; elsewhere Xero leaves them aside. What they mean
 * stands in the models of xero-node 20.
 */
export const roundingFields = {
	enteredTotal: amountField(
		'Entered Total',
		'enteredTotal',
		'EnteredTotal',
		'e.g. 231.00',
		'The total as it was entered, on a draft. Only where Xero has enabled rounding for the organisation.',
	),
	roundingAmount: amountField(
		'Rounding Amount',
		'roundingAmount',
		'RoundingAmount',
		'e.g. 0.04',
		'Added to the total, from -0.10 to 0.10. Submitted and authorised invoices need Sub Total, Total Tax and Total with it. Only where Xero has enabled rounding for the organisation.',
	),
	subTotal: amountField(
		'Sub Total',
		'subTotal',
		'SubTotal',
		'e.g. 200.00',
		'What Xero is to find as the sum of the lines, without tax. Goes with Rounding Amount.',
	),
	total: amountField(
		'Total',
		'total',
		'Total',
		'e.g. 230.04',
		'What Xero is to find as the total: lines, tax and Rounding Amount',
	),
	totalTax: amountField(
		'Total Tax',
		'totalTax',
		'TotalTax',
		'e.g. 30.00',
		'What Xero is to find as the tax of all lines. Goes with Rounding Amount.',
	),
} as const;
