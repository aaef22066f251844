import { readRefusal } from '../../../hub-server/protocol/xero';

it.each([
	[
		'the errors of each element before the general message',
		{
			Type: 'ValidationException',
			Message: 'A validation exception occurred',
			Elements: [
				{ LineItems: [{ ValidationErrors: [{ Message: 'Account code is not valid' }] }] },
				{ ValidationErrors: [{ Message: 'Email address must be valid' }] },
			],
		},
		{
			type: 'ValidationException',
			sentences: ['LineItems 1: Account code is not valid', 'Email address must be valid'],
		},
	],
	[
		'the message where no element says more',
		{ Type: 'QueryParseException', Message: ' No property exists ', Elements: [] },
		{ type: 'QueryParseException', sentences: ['No property exists'] },
	],
	[
		'the detail of a gateway',
		{ Title: 'Unauthorized', Detail: 'TokenExpired: token expired' },
		{ sentences: ['TokenExpired: token expired'] },
	],
	[
		'the detail beside an empty message',
		{ Message: '', Detail: 'AuthenticationUnsuccessful' },
		{ sentences: ['AuthenticationUnsuccessful'] },
	],
	['what OAuth calls it', { error: 'invalid_grant' }, { type: 'invalid_grant', sentences: [] }],
	[
		'title and detail of Bank Feeds',
		{ type: 'invalid-user-role', title: 'Invalid User Role', detail: 'User has no rights' },
		{ type: 'invalid-user-role', sentences: ['Invalid User Role: User has no rights'] },
	],
	[
		'its type where Bank Feeds has no words',
		{ type: 'internal-error' },
		{ type: 'internal-error', sentences: ['Xero refused it: internal-error'] },
	],
	[
		'a list of problems',
		[{ detail: 'Object is not an Account' }],
		{ sentences: ['Object is not an Account'] },
	],
	[
		'small letters',
		{ detail: 'A status must be specified' },
		{ sentences: ['A status must be specified'] },
	],
	['nothing of a page', '<html>Bad Gateway</html>', { sentences: [] }],
	['nothing of nothing', undefined, { sentences: [] }],
	['no words where there is something else', { Message: 5, Detail: null }, { sentences: [] }],
])('reads %s', (_, body, refusal) => {
	expect(readRefusal(body)).toEqual(refusal);
});
