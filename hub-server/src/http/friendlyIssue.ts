import type { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/**
 * For `safeParse`: says in people's words what zod says in its own, where a schema has no words for it.
 * They complete the field's name, as in "name: may have 200 characters at most".
 */
export function friendlyIssue(issue: Issue): string | undefined {
	switch (issue.code) {
		case 'too_big':
			return `may ${amount(issue.origin, Number(issue.maximum))} at most`;
		case 'too_small':
			return `must ${amount(issue.origin, Number(issue.minimum))} at least`;
		case 'invalid_type':
			return issue.input === undefined
				? 'is missing'
				: `must be ${KINDS[issue.expected] ?? issue.expected}`;
		case 'invalid_value':
			return `must be ${listed(issue.values.map(String))}`;
		case 'unrecognized_keys':
			return `has fields that are not known here: ${issue.keys.join(', ')}`;
		case 'invalid_union':
			return 'has none of the forms that it may have';
		case 'invalid_format':
			return 'is not written as it must be';
		case 'custom':
		case 'invalid_element':
		case 'invalid_key':
		case 'not_multiple_of':
			return undefined;
	}
}

const KINDS: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
};

function amount(origin: string, limit: number): string {
	if (origin === 'string') return `have ${limit} ${limit === 1 ? 'character' : 'characters'}`;
	if (origin === 'array') return `have ${limit} ${limit === 1 ? 'entry' : 'entries'}`;
	return `be ${limit}`;
}

function listed(values: readonly string[]): string {
	return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(values);
}
