import { explainFailure } from './explainFailure';

/** Where a command answers: as people read it, or with `--json` as programs do. */
export interface Terminal {
	readonly isJson: boolean;
	/** A line for people, at once. Programs get what the command gives back. */
	say(line: string): void;
	/** What a command came to: the one JSON document, where that is asked for. */
	answer(result: unknown): void;
	/** Why a command could not do it, and what to do, on stderr. */
	refuse(cause: unknown): void;
}

interface Stream {
	write(text: string): unknown;
}

export function createTerminal(
	isJson: boolean,
	{ stdout, stderr }: { readonly stdout: Stream; readonly stderr: Stream },
): Terminal {
	return {
		isJson,
		say(line) {
			if (!isJson) stdout.write(`${line}\n`);
		},
		answer(result) {
			if (isJson) stdout.write(`${JSON.stringify(result ?? {})}\n`);
		},
		refuse(cause) {
			const failure = explainFailure(cause);
			stderr.write(
				isJson
					? `${JSON.stringify({ error: failure })}\n`
					: `${failure.message}\n→ ${failure.todo}\n`,
			);
		},
	};
}
