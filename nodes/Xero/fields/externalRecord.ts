import { isBlank } from '../values/isBlank';
import { success } from '../errors/failure';
import type { Field } from './Field';

/**
 * A record that a pushed one names, by its id in the other system: the hub knows by its link which of Xero's it is.
 *
 * @param member of Xero's, such as `Invoice`
 */
export function externalRecordField(
	member: string,
	displayName: string,
	description: string,
): Field {
	return {
		property: {
			displayName: `${displayName} (External ID)`,
			name: `external${member}`,
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.customerId }}',
			description: `${description}, by its ID in the other system. It has to be linked or pushed before.`,
		},
		write: (value) =>
			success(isBlank(value) ? {} : { [member]: { externalId: String(value).trim() } }),
	};
}
