import type { IDataObject } from 'n8n-workflow';

import { refuseInput, success } from '../errors/failure';
import { taxRatePicker } from '../fields/codePickers';
import type { Locator } from '../fields/Locator';
import type { RecordKind } from './RecordKind';

const names = { displayName: 'Tax Rate', name: 'taxRate' };

const taxRateLocator: Locator = {
	...names,
	field: (description) => ({ ...taxRatePicker({ ...names, description }), required: true }),
	parse: (value, label) =>
		value === ''
			? refuseInput(`${label} is not set`, 'Choose a tax rate, or give its tax type.')
			: success(value),
};

/** Xero knows a tax rate by its code, such as `TAX001`; those of its own cannot be changed. */
export const taxRateKind: RecordKind = {
	collection: {
		name: 'TaxRates',
		path: 'api.xro/2.0/TaxRates',
		idField: 'TaxType',
		label: 'tax rate',
		scope: 'accounting.settings',
		query: {},
		paging: 'none',
		writes: 'one',
		changesInCollection: true,
	},
	locator: taxRateLocator,
	simplify: simplifyTaxRate,
};

/** What is charged, and on what. */
function simplifyTaxRate(taxRate: IDataObject): IDataObject {
	return {
		Name: taxRate.Name,
		TaxType: taxRate.TaxType,
		EffectiveRate: taxRate.EffectiveRate,
		Status: taxRate.Status,
		ReportTaxType: taxRate.ReportTaxType,
		CanApplyToAssets: taxRate.CanApplyToAssets,
		CanApplyToEquity: taxRate.CanApplyToEquity,
		CanApplyToExpenses: taxRate.CanApplyToExpenses,
		CanApplyToLiabilities: taxRate.CanApplyToLiabilities,
		CanApplyToRevenue: taxRate.CanApplyToRevenue,
	};
}
