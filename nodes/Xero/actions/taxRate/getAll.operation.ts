import { listOperation } from '../common/listOperation';
import { choiceFilter, commonFilters, textFilter } from '../fields/filters';
import { taxRateKind } from './taxRateKind';

export const { description, request, execute } = listOperation(taxRateKind, {
	filters: [
		textFilter('Name', 'name', 'Name'),
		textFilter('Report Tax Type', 'reportTaxType', 'ReportTaxType', {
			placeholder: 'e.g. OUTPUT',
		}),
		choiceFilter('Status', 'status', 'Status', [
			{ name: 'Active', value: 'ACTIVE' },
			{ name: 'Archived', value: 'ARCHIVED' },
			{ name: 'Deleted', value: 'DELETED' },
		]),
		textFilter('Tax Type', 'taxType', 'TaxType', { placeholder: 'e.g. OUTPUT2' }),
		commonFilters.where,
	],
	sortFields: [
		{ name: 'Name', value: 'Name' },
		{ name: 'Tax Type', value: 'TaxType' },
	],
});
