import { listOperation } from '../common/listOperation';
import { creditFilters, creditSortFields } from '../credit/creditFilters';
import { statusesFilter, textFilter } from '../fields/filters';
import { asEqual } from '../shared/readListQuery';
import { creditNoteTypeField } from './creditNoteFields';
import { creditNoteKind } from './creditNoteKind';

export const { description, request, execute } = listOperation(creditNoteKind, {
	filters: [
		textFilter('Credit Note Number', 'creditNoteNumber', 'CreditNoteNumber', {
			placeholder: 'e.g. CN-0042',
		}),
		textFilter('Reference', 'reference', 'Reference'),
		statusesFilter([
			{ name: 'Authorised', value: 'AUTHORISED' },
			{ name: 'Deleted', value: 'DELETED' },
			{ name: 'Draft', value: 'DRAFT' },
			{ name: 'Paid', value: 'PAID', description: 'Wholly allocated or refunded' },
			{ name: 'Submitted', value: 'SUBMITTED' },
			{ name: 'Voided', value: 'VOIDED' },
		]),
		{ property: creditNoteTypeField.property, apply: asEqual('Type') },
		...creditFilters,
	],
	sortFields: creditSortFields,
});
