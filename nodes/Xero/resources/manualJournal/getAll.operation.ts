import {
	commonFilters,
	dayRangeFilters,
	statusesFilter,
	textFilter,
	whereFilter,
} from '../../filters/filters';
import { manualJournalKind } from '../../kinds/manualJournalKind';
import { listOperation } from '../../operations/listOperation';

export const { description, request, execute } = listOperation(manualJournalKind, {
	filters: [
		...dayRangeFilters('Date', 'date', 'Date'),
		textFilter('Narration', 'narration', 'Narration', {
			description: 'The whole narration, as Xero has it',
		}),
		statusesFilter([
			{ name: 'Deleted', value: 'DELETED' },
			{ name: 'Draft', value: 'DRAFT' },
			{ name: 'Posted', value: 'POSTED' },
			{ name: 'Voided', value: 'VOIDED' },
		]),
		commonFilters.updatedSince,
		whereFilter('Narration.Contains("rent")'),
	],
	sortFields: [
		{ name: 'Date', value: 'Date' },
		{ name: 'Manual Journal ID', value: 'ManualJournalID' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
