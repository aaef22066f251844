import type { Request } from 'express';
import type { z } from 'zod';
import type { InvalidFieldsError } from '../../errors/requestErrors';
import { friendlyIssue } from '../../http/friendlyIssue';

/** What a form says, or what is wrong with it, field by field, with what the person had typed. */
export type ReadForm<Value> =
	{ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly form: FormState };

/** A form as its page shows it. */
export interface FormState {
	/** Typed values; fields for secrets always come back empty. */
	readonly values: Readonly<Record<string, string>>;
	/** One sentence for each field that cannot be used. */
	readonly errors: Readonly<Record<string, string>>;
	/** A sentence about the whole, in somebody else's words. */
	readonly problem?: string | undefined;
}

export const EMPTY_FORM: FormState = { values: {}, errors: {} };

/** @param secrets fields that are never sent back to the browser */
export function readForm<Schema extends z.ZodType>(
	request: Request,
	schema: Schema,
	secrets: readonly string[] = [],
): ReadForm<z.output<Schema>> {
	const body = (request.body ?? {}) as Record<string, unknown>;
	const parsed = schema.safeParse(body, { error: friendlyIssue });
	if (parsed.success) return { ok: true, value: parsed.data };

	const errors: Record<string, string> = {};
	for (const { path, message } of parsed.error.issues) {
		errors[String(path[0] ?? '')] ??= sentence(message);
	}
	return { ok: false, form: { values: typedValues(body, secrets), errors } };
}

/** A form that could be read and was refused, each sentence at its field. */
export function refusedForm(
	request: Request,
	{ faults }: InvalidFieldsError,
	secrets: readonly string[] = [],
): FormState {
	const errors: Record<string, string> = {};
	for (const { field, message } of faults) errors[field] ??= sentence(message);
	return { values: typedValues(request.body, secrets), errors };
}

/** What the person typed, for a page that comes back. */
export function typedValues(
	body: unknown,
	secrets: readonly string[] = [],
): Readonly<Record<string, string>> {
	const pairs = Object.entries((body ?? {}) as Record<string, unknown>).filter(
		(pair): pair is [string, string] => typeof pair[1] === 'string' && !secrets.includes(pair[0]),
	);
	return Object.fromEntries(pairs);
}

/** The API's messages begin in lower case, end without a stop and may lack their subject: fields show them as sentences. */
function sentence(message: string): string {
	const whole = /^(?:may|must|is|has) /.test(message) ? `this ${message}` : message;
	const text = whole.charAt(0).toUpperCase() + whole.slice(1);
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
