/**
 * What the newer APIs say of a request that they refuse with 400. Each has its own way: the Files API a
 * list of problems, Payroll 2.0 one problem within its answer, Assets the fields that are wrong, Projects
 * a message.
 */
export function newerSentences(body: unknown): string[] {
	if (Array.isArray(body)) return body.flatMap((problem) => text(problem, 'detail'));
	const problem = member(body, 'problem');
	const fields = [
		...listOf(member(problem, 'invalidFields')).map((field) =>
			[...text(field, 'name'), ...text(field, 'reason')].join(': '),
		),
		...listOf(member(body, 'resourceValidationErrors')).flatMap((error) => text(error, 'detail')),
		...listOf(member(body, 'fieldValidationErrors')).flatMap((error) => text(error, 'detail')),
	];
	if (fields.length > 0) return fields;
	return [...text(problem, 'detail'), ...text(body, 'detail'), ...text(body, 'message')].slice(
		0,
		1,
	);
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function text(value: unknown, key: string): string[] {
	const found = member(value, key);
	return typeof found === 'string' && found.trim() !== '' ? [found.trim()] : [];
}

function member(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null
		? (value as Record<string, unknown>)[key]
		: undefined;
}
