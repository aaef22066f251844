import { parse } from 'flatted';
import { z } from 'zod';

/** One output item of a node. */
export interface ExecutionItem {
	readonly json: Readonly<Record<string, unknown>>;
	readonly pairedItem?: unknown;
}

/** A finished execution, as n8n keeps it. */
export interface Execution {
	readonly id: string;
	readonly status: string;
	/** What started it: `webhook`, or `manual` from the editor. */
	readonly mode: string;
	/** What stopped it. */
	readonly error: string | undefined;
	/** The items a node put out in its last run; none where it did not run. */
	itemsOf(nodeName: string, output?: number): readonly ExecutionItem[];
}

const Item = z.object({ json: z.record(z.unknown()), pairedItem: z.unknown() });

const RunData = z.record(
	z.array(
		z.object({
			// Models and tools put theirs out at other kinds of outputs.
			data: z.object({ main: z.array(z.array(Item).nullish()).default([]) }).optional(),
		}),
	),
);

const Details = z.object({
	id: z.coerce.string(),
	status: z.string(),
	mode: z.string(),
	data: z.string(),
});

const Result = z.object({
	resultData: z.object({
		runData: RunData.default({}),
		error: z.object({ message: z.string() }).optional(),
	}),
});

/** Reads the reply of `GET /rest/executions/:id`, whose `data` is a `flatted` string. */
export function readExecution(reply: unknown): Execution {
	const { id, status, mode, data } = Details.parse(reply);
	const { runData, error } = Result.parse(parse(data)).resultData;
	return {
		id,
		status,
		mode,
		error: error?.message,
		itemsOf: (nodeName, output = 0) => runData[nodeName]?.at(-1)?.data?.main[output] ?? [],
	};
}
