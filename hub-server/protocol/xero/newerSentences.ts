import { member, text } from './bodyMember';

/**
 * What the newer APIs say of a request that they refuse with 400. Each has its own way: the Files API a
 * list of problems, Payroll 2.0 one problem within its answer, Assets the fields that are wrong, Projects
 * a message.
 *
 * @param body parsed
 */
export function newerSentences(body: unknown): string[] {
	if (Array.isArray(body)) return body.flatMap((problem) => said(problem, 'detail'));
	const problem = member(body, 'problem');
	const fields = [
		...listOf(member(problem, 'invalidFields')).map((field) =>
			[...said(field, 'name'), ...said(field, 'reason')].join(': '),
		),
		...listOf(member(body, 'resourceValidationErrors')).flatMap((error) => said(error, 'detail')),
		...listOf(member(body, 'fieldValidationErrors')).flatMap((error) => said(error, 'detail')),
	];
	if (fields.length > 0) return fields;
	return [...said(problem, 'detail'), ...said(body, 'detail'), ...said(body, 'message')].slice(
		0,
		1,
	);
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function said(value: unknown, key: string): string[] {
	const words = text(member(value, key));
	return words === undefined ? [] : [words];
}
