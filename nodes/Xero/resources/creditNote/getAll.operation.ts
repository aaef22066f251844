import { creditFilters, creditSortFields } from '../../filters/creditFilters';
import { asEqual } from '../../filters/filterEffects';
import { statusesFilter, textFilter } from '../../filters/filters';
import { creditNoteKind } from '../../kinds/creditNoteKind';
import { listOperation } from '../../operations/listOperation';
import { creditNoteTypeField } from './creditNoteFields';

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
