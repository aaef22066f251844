import type { OperationCases, ResourceCases } from './OperationCases';

/** Marks belong to the workflow: `incrementalRead.test.ts` has what they do in one. */
const nothingToRefuse: Pick<OperationCases, 'validationError' | 'notFound' | 'continueOnFail'> = {
	validationError: { notApplicable: 'there is no field that could be wrong' },
	notFound: { notApplicable: 'what is not there needs no confirming' },
	continueOnFail: { notApplicable: 'no item of the input is looked at' },
};

export const cases: ResourceCases = {
	confirm: {
		parameters: {},
		success: { item: {}, output: { confirmed: 0 } },
		...nothingToRefuse,
	},
	getAll: {
		parameters: {},
		success: {
			item: {},
			output: {},
			then: ({ items }) => expect(items).toEqual([]),
		},
		...nothingToRefuse,
	},
	reset: {
		parameters: {},
		mode: 'trigger',
		success: { item: {}, output: { reset: 0 } },
		...nothingToRefuse,
	},
};
