import { newerSentences } from '../../../hub-server/protocol/xero';

it.each([
	[
		'files',
		[{ type: 'Validation', title: 'Validation failure', detail: 'Object is not a Account' }],
		['Object is not a Account'],
	],
	[
		'payroll, field by field',
		{
			problem: {
				title: 'BadRequest',
				detail: 'Validation error occurred.',
				invalidFields: [{ name: 'startDate', reason: 'The start date is invalid' }],
			},
			employee: null,
		},
		['startDate: The start date is invalid'],
	],
	[
		'payroll, as a whole',
		{ problem: { title: 'BadRequest', detail: 'The filter is invalid', invalidFields: null } },
		['The filter is invalid'],
	],
	[
		'assets, field by field',
		{
			resourceValidationErrors: [],
			fieldValidationErrors: [{ fieldName: 'Rate', detail: "Can't have both rate and life" }],
			detail: 'Validation Errors',
		},
		["Can't have both rate and life"],
	],
	['assets, as a whole', { detail: 'A status must be specified' }, ['A status must be specified']],
	['projects', { message: 'The contact is invalid', modelState: {} }, ['The contact is invalid']],
	['accounting, which it leaves alone', { Message: 'A validation exception', Elements: [] }, []],
	['nothing', undefined, []],
])('reads the refusals of %s', (_api, body, sentences) => {
	expect(newerSentences(body)).toEqual(sentences);
});
