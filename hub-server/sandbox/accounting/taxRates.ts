import type { TaxRate } from '../world/Books';
import { toNumber } from './decimal';
import { readOnlyList } from './readOnlyList';

export const taxRates = readOnlyList<TaxRate>({
	name: 'TaxRates',
	typeName: 'TaxRate',
	scopes: ['accounting.settings'],
	rows: (books) => books.taxRates,
	fields: {
		TaxType: { type: 'String', get: ({ id }) => id },
		Name: { type: 'String', get: ({ name }) => name },
		Status: { type: 'String', get: ({ status }) => status },
		EffectiveRate: { type: 'Decimal', get: ({ rate }) => toNumber(rate, 4) },
	},
	present: (taxRate) => ({
		Name: taxRate.name,
		TaxType: taxRate.id,
		...(taxRate.reportTaxType !== undefined && { ReportTaxType: taxRate.reportTaxType }),
		CanApplyToAssets: taxRate.appliesTo.includes('ASSET'),
		CanApplyToEquity: taxRate.appliesTo.includes('EQUITY'),
		CanApplyToExpenses: taxRate.appliesTo.includes('EXPENSE'),
		CanApplyToLiabilities: taxRate.appliesTo.includes('LIABILITY'),
		CanApplyToRevenue: taxRate.appliesTo.includes('REVENUE'),
		DisplayTaxRate: toNumber(taxRate.rate, 4),
		EffectiveRate: toNumber(taxRate.rate, 4),
		Status: taxRate.status,
		TaxComponents: [
			{
				Name: taxRate.name,
				Rate: toNumber(taxRate.rate, 4),
				IsCompound: false,
				IsNonRecoverable: false,
			},
		],
	}),
});
