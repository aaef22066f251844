import type { z } from 'zod';
import { InvalidRequestError, UnknownMemberError } from '../errors/requestErrors';
import { friendlyIssue } from './friendlyIssue';

/**
 * What the caller sent, as the schema reads it.
 *
 * @throws InvalidRequestError that names every fault with its place
 */
export function parseRequest<Schema extends z.ZodType>(
	schema: Schema,
	value: unknown,
): z.output<Schema> {
	const parsed = schema.safeParse(value ?? {}, { error: friendlyIssue });
	if (parsed.success) return parsed.data;
	const faults = parsed.error.issues.map(({ path, message }) =>
		path.length > 0 ? `${path.join('.')}: ${message}` : message,
	);
	const isUnknown = parsed.error.issues.some(({ code }) => code === 'unrecognized_keys');
	throw new (isUnknown ? UnknownMemberError : InvalidRequestError)(faults.join('; '));
}
