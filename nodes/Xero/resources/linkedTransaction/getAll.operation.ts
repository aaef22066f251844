import { contactLocator } from '../../fields/contactLocator';
import type { Locator } from '../../fields/Locator';
import type { FilterField } from '../../filters/Filter';
import { asPicked, asQuery } from '../../filters/filterEffects';
import { linkedTransactionKind } from '../../kinds/linkedTransactionKind';
import { listOperation } from '../../operations/listOperation';
import { sourceLocator, targetLocator } from './linkedTransactionFields';

/** A parameter of Xero's own: the list takes no `where`. */
function recordFilter(locator: Locator, parameter: string, description: string): FilterField {
	return {
		property: locator.field(description),
		apply: asPicked((id) => ({ query: { [parameter]: id } }), locator.displayName),
	};
}

const statusFilter: FilterField = {
	property: {
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Approved', value: 'APPROVED', description: 'The purchase is approved' },
			{ name: 'Billed', value: 'BILLED', description: 'On an approved sales invoice' },
			{ name: 'Draft', value: 'DRAFT', description: 'The purchase is a draft' },
			{ name: 'On Draft', value: 'ONDRAFT', description: 'On a sales invoice that is a draft' },
			{ name: 'Voided', value: 'VOIDED', description: 'The purchase is voided or deleted' },
		],
		default: 'APPROVED',
		description: 'Only those in this state. Xero documents it together with Contact.',
	},
	apply: asQuery('Status'),
};

export const { description, request, execute } = listOperation(linkedTransactionKind, {
	filters: [
		recordFilter(contactLocator, 'ContactID', 'Only those assigned to this customer'),
		recordFilter(sourceLocator, 'SourceTransactionID', 'Only those of this purchase'),
		statusFilter,
		recordFilter(targetLocator, 'TargetTransactionID', 'Only those on this sales invoice'),
	],
});
