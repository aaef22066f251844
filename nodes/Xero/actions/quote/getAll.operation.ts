import { listOperation } from '../common/listOperation';
import { contactLocator } from '../contact/contactLocator';
import { commonFilters } from '../fields/filters';
import { asDayQuery, asPicked, asQuery } from '../shared/readListQuery';
import { quoteKind } from './quoteKind';

/** Xero's list of quotes has parameters of its own and no `where`. */
export const { description, request, execute } = listOperation(quoteKind, {
	filters: [
		{
			property: contactLocator({ description: 'Only quotes of this contact' }),
			apply: asPicked((id) => ({ query: { ContactID: id } }), 'Contact'),
		},
		...dayFilters('Date', 'date', 'Date'),
		...dayFilters('Expiry Date', 'expiryDate', 'ExpiryDate'),
		{
			property: {
				displayName: 'Quote Number',
				name: 'quoteNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. QU-0042',
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

function dayFilters(displayName: string, name: string, xero: string) {
	return (['From', 'To'] as const).map((end) => ({
		property: {
			displayName: `${displayName} ${end}`,
			name: `${name}${end}`,
			type: 'dateTime' as const,
			default: '',
		},
		apply: asDayQuery(`${xero}${end}`, `${displayName} ${end}`),
	}));
}
