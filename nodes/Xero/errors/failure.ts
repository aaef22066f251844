/**
 * Something that was expected to go wrong now and then: a blank field, a refusal of Xero's, a lost
 * connection. Travels as a value until the router turns it into an error item or an n8n error.
 */
export interface Failure {
	/** `input`: the workflow's own data; `api`: Xero, the hub or the way there. */
	readonly kind: 'input' | 'api';
	/** What happened, in Xero's own words where Xero spoke. */
	readonly message: string;
	/** What to do next. */
	readonly description?: string;
	readonly httpCode?: string;
}

export type Outcome<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function success<T>(value: T): Outcome<T> {
	return { ok: true, value };
}

export function refuse<T = never>(failure: Failure): Outcome<T> {
	return { ok: false, failure };
}

export function refuseInput<T = never>(message: string, description?: string): Outcome<T> {
	return refuse({ kind: 'input', message, description });
}

/** All values, or the first failure. */
export function collect<T>(outcomes: ReadonlyArray<Outcome<T>>): Outcome<T[]> {
	const values: T[] = [];
	for (const outcome of outcomes) {
		if (!outcome.ok) return outcome;
		values.push(outcome.value);
	}
	return success(values);
}
