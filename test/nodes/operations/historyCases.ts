import { picked, UNKNOWN_ID, type OperationCases } from './OperationCases';

const NO_RECORD = /no record/;

/**
 * The cases of history and notes, the same for every kind of record.
 *
 * @param locator name of the field that picks the record
 */
export function historyCases(
	locator: string,
	idField: string,
	prepare: NonNullable<OperationCases['prepare']>,
): { readonly addNote: OperationCases; readonly getHistory: OperationCases } {
	const which = { [locator]: picked('={{ $json.id }}') };
	return {
		addNote: {
			parameters: { ...which, note: '={{ $json.note }}' },
			prepare,
			success: {
				item: ({ [idField]: id }) => ({ id, note: 'Checked with the bank' }),
				output: { Changes: 'Note', Details: 'Checked with the bank' },
			},
			validationError: { item: { id: UNKNOWN_ID, note: 'x'.repeat(2501) }, message: '2501' },
			notFound: { item: { id: UNKNOWN_ID, note: 'Hello' }, message: NO_RECORD },
		},
		getHistory: {
			parameters: which,
			prepare,
			success: {
				item: ({ [idField]: id }) => ({ id }),
				output: { Changes: 'Created', DateUTC: expect.stringMatching(/Z$/) },
			},
			validationError: { item: { id: '42' }, message: '"42"' },
			notFound: { item: { id: UNKNOWN_ID }, message: NO_RECORD },
		},
	};
}
