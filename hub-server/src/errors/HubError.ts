/**
 * A refusal that the hub can explain. The HTTP layer turns it into `application/problem+json`; its
 * message reaches people, so it says what to do next and never holds a secret.
 */
export abstract class HubError extends Error {
	/** Stable, for programs: part of the API. */
	abstract readonly code: string;
	/** HTTP status of the answer. */
	abstract readonly status: number;
	/** More headers of the answer, such as `Retry-After`. */
	readonly headers: Readonly<Record<string, string>> = {};

	/** More members of the problem, for programs. */
	readonly members: Readonly<Record<string, string | number>> = {};

	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = new.target.name;
	}
}
