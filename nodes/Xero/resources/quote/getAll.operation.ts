import { contactLocator } from '../../fields/contactLocator';
import { asPicked, asQuery } from '../../filters/filterEffects';
import { commonFilters, dayRangeQueries } from '../../filters/filters';
import { quoteKind } from '../../kinds/quoteKind';
import { listOperation } from '../../operations/listOperation';

/** Xero's list of quotes has parameters of its own and no `where`. */
export const { description, request, execute } = listOperation(quoteKind, {
	filters: [
		{
			property: contactLocator.field('Only quotes of this contact'),
			apply: asPicked((id) => ({ query: { ContactID: id } }), 'Contact'),
		},
		...dayRangeQueries('Date', 'date', 'Date'),
		...dayRangeQueries('Expiry Date', 'expiryDate', 'ExpiryDate'),
		{
			property: {
				displayName: 'Quote Number',
				name: 'quoteNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. QU-0042',
				description: 'The number, or a part of it',
			},
			apply: asQuery('QuoteNumber'),
		},
		{
			property: {
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Accepted', value: 'ACCEPTED' },
					{ name: 'Declined', value: 'DECLINED' },
					{ name: 'Deleted', value: 'DELETED' },
					{ name: 'Draft', value: 'DRAFT' },
					{ name: 'Invoiced', value: 'INVOICED' },
					{ name: 'Sent', value: 'SENT' },
				],
				default: 'SENT',
				description: 'Only quotes with this status',
			},
			apply: asQuery('Status'),
		},
		commonFilters.updatedSince,
	],
	sortFields: [
		{ name: 'Date', value: 'Date' },
		{ name: 'Quote Number', value: 'QuoteNumber' },
		{ name: 'Updated', value: 'UpdatedDateUTC' },
	],
});
