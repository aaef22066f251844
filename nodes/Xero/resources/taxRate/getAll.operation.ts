import { choiceFilter, textFilter, whereFilter } from '../../filters/filters';
import { taxRateKind } from '../../kinds/taxRateKind';
import { listOperation } from '../../operations/listOperation';

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
		whereFilter('EffectiveRate>0'),
	],
	sortFields: [
		{ name: 'Name', value: 'Name' },
		{ name: 'Tax Type', value: 'TaxType' },
	],
});
