/** A refusal of a command that knows the way on. */
export class CommandError extends Error {
	constructor(
		/** Stable, for programs. */
		readonly code: string,
		message: string,
		/** What to do: a sentence, without a full stop where it ends with a command. */
		readonly todo: string,
	) {
		super(message);
		this.name = 'CommandError';
	}
}
