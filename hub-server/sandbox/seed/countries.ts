import type { Account } from '../world/Books';
import type { Country } from '../world/World';

/** What differs from country to country: taxes, currency, legal forms. */
export interface CountryBooks {
	readonly currency: string;
	readonly otherCurrencies: readonly string[];
	readonly taxOnSales: string;
	readonly taxOnPurchases: string;
	readonly taxRates: readonly SeedTaxRate[];
	readonly organisation: Readonly<Record<string, unknown>>;
	readonly cities: readonly string[];
	readonly phoneCountryCode: string;
}

interface SeedTaxRate {
	readonly taxType: string;
	readonly name: string;
	readonly percent: number;
	readonly reportTaxType: string;
	readonly appliesTo: readonly Account['class'][];
}

const INCOME: readonly Account['class'][] = ['REVENUE', 'ASSET', 'LIABILITY', 'EQUITY'];
const EXPENSE: readonly Account['class'][] = ['EXPENSE', 'ASSET', 'LIABILITY', 'EQUITY'];
const EVERYTHING: readonly Account['class'][] = [
	'REVENUE',
	'EXPENSE',
	'ASSET',
	'LIABILITY',
	'EQUITY',
];

const rate = (
	taxType: string,
	name: string,
	percent: number,
	reportTaxType: string,
	appliesTo: readonly Account['class'][],
): SeedTaxRate => ({
	taxType,
	name,
	percent,
	reportTaxType,
	appliesTo,
});

export const countries: Readonly<Record<Country, CountryBooks>> = {
	NZ: {
		currency: 'NZD',
		otherCurrencies: ['AUD', 'USD'],
		taxOnSales: 'OUTPUT2',
		taxOnPurchases: 'INPUT2',
		taxRates: [
			rate('OUTPUT2', '15% GST on Income', 15, 'OUTPUT', INCOME),
			rate('INPUT2', '15% GST on Expenses', 15, 'INPUT', EXPENSE),
			rate('ZERORATED', 'Zero Rated', 0, 'ZEROEXPOUTPUT', EVERYTHING),
			rate('GSTONIMPORTS', 'GST on Imports', 0, 'GSTONIMPORTS', EXPENSE),
			rate('NONE', 'No GST', 0, 'NONE', EVERYTHING),
		],
		organisation: {
			Version: 'NZ',
			TaxNumber: '101-222-333',
			SalesTaxBasis: 'PAYMENTS',
			SalesTaxPeriod: 'TWOMONTHS',
			FinancialYearEndDay: 31,
			FinancialYearEndMonth: 3,
			Timezone: 'NEWZEALANDSTANDARDTIME',
		},
		cities: ['Auckland', 'Wellington', 'Christchurch', 'Hamilton', 'Dunedin'],
		phoneCountryCode: '64',
	},
	AU: {
		currency: 'AUD',
		otherCurrencies: ['NZD', 'USD'],
		taxOnSales: 'OUTPUT',
		taxOnPurchases: 'INPUT',
		taxRates: [
			rate('OUTPUT', 'GST on Income', 10, 'OUTPUT', INCOME),
			rate('INPUT', 'GST on Expenses', 10, 'INPUT', EXPENSE),
			rate('EXEMPTOUTPUT', 'GST Free Income', 0, 'EXEMPTOUTPUT', INCOME),
			rate('EXEMPTEXPENSES', 'GST Free Expenses', 0, 'EXEMPTEXPENSES', EXPENSE),
			rate('BASEXCLUDED', 'BAS Excluded', 0, 'BASEXCLUDED', EVERYTHING),
			rate('NONE', 'No GST', 0, 'NONE', EVERYTHING),
		],
		organisation: {
			Version: 'AU',
			TaxNumber: '51 824 753 556',
			SalesTaxBasis: 'ACCRUALS',
			SalesTaxPeriod: 'QUARTERLY1',
			FinancialYearEndDay: 30,
			FinancialYearEndMonth: 6,
			Timezone: 'AUSEASTERNSTANDARDTIME',
		},
		cities: ['Melbourne', 'Sydney', 'Brisbane', 'Perth', 'Adelaide'],
		phoneCountryCode: '61',
	},
	GB: {
		currency: 'GBP',
		otherCurrencies: ['EUR', 'USD'],
		taxOnSales: 'OUTPUT2',
		taxOnPurchases: 'INPUT2',
		taxRates: [
			rate('OUTPUT2', '20% (VAT on Income)', 20, 'OUTPUT', INCOME),
			rate('INPUT2', '20% (VAT on Expenses)', 20, 'INPUT', EXPENSE),
			rate('RROUTPUT', '5% (VAT on Income)', 5, 'OUTPUT', INCOME),
			rate('RRINPUT', '5% (VAT on Expenses)', 5, 'INPUT', EXPENSE),
			rate('ZERORATEDOUTPUT', 'Zero Rated Income', 0, 'ZERORATEDOUTPUT', INCOME),
			rate('ZERORATEDINPUT', 'Zero Rated Expenses', 0, 'ZERORATEDINPUT', EXPENSE),
			rate('NONE', 'No VAT', 0, 'NONE', EVERYTHING),
		],
		organisation: {
			Version: 'UK',
			TaxNumber: 'GB 123 4567 82',
			SalesTaxBasis: 'ACCRUAL',
			SalesTaxPeriod: 'QUARTERLY1',
			FinancialYearEndDay: 31,
			FinancialYearEndMonth: 3,
			Timezone: 'GMTSTANDARDTIME',
		},
		cities: ['London', 'Manchester', 'Leeds', 'Bristol', 'Edinburgh'],
		phoneCountryCode: '44',
	},
	US: {
		currency: 'USD',
		otherCurrencies: ['CAD', 'EUR'],
		taxOnSales: 'OUTPUT',
		taxOnPurchases: 'INPUT',
		taxRates: [
			rate('OUTPUT', 'Tax on Sales', 8.25, 'OUTPUT', INCOME),
			rate('INPUT', 'Tax on Purchases', 8.25, 'INPUT', EXPENSE),
			rate('NONE', 'Tax Exempt', 0, 'NONE', EVERYTHING),
		],
		organisation: {
			Version: 'US',
			TaxNumber: '12-3456789',
			SalesTaxBasis: 'ACCRUALS',
			SalesTaxPeriod: 'QUARTERLY1',
			FinancialYearEndDay: 31,
			FinancialYearEndMonth: 12,
			Timezone: 'PACIFICSTANDARDTIME',
		},
		cities: ['Denver', 'San Francisco', 'Austin', 'Chicago', 'Boston'],
		phoneCountryCode: '1',
	},
};
