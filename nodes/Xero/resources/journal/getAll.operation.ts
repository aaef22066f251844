import { refuseInput, success } from '../../errors/failure';
import type { FilterField } from '../../filters/Filter';
import { asSwitch } from '../../filters/filterEffects';
import { commonFilters } from '../../filters/filters';
import { journalKind } from '../../kinds/journalKind';
import { listOperation } from '../../operations/listOperation';

const afterNumber: FilterField = {
	property: {
		displayName: 'After Journal Number',
		name: 'afterNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4711',
		description:
			'Only journals with a higher number. The number of the last journal of one run is where the next can begin.',
	},
	apply(value) {
		const number = Number(value);
		return Number.isInteger(number) && number >= 0
			? success({ query: { offset: String(number) } })
			: refuseInput(`After Journal Number is not a whole number: ${JSON.stringify(value)}`);
	},
};

const paymentsOnly: FilterField = {
	property: {
		displayName: 'Cash Basis',
		name: 'paymentsOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to return what moved cash only',
	},
	apply: asSwitch('paymentsOnly'),
};

export const { description, request, execute } = listOperation(journalKind, {
	filters: [afterNumber, paymentsOnly, commonFilters.updatedSince],
});
