import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import type { Failure } from '../errors/failure';

/** What became of one input item. */
export type ItemOutcome =
	| {
			readonly status: 'done';
			readonly records: readonly IDataObject[];
			/** Goes with the first record. */
			readonly binary?: IBinaryKeyData;
	  }
	| { readonly status: 'failed'; readonly failure: Failure }
	/** The run stopped at another item before this one was sent. */
	| { readonly status: 'untried' };

/** One outcome for each input item, in the order of the input. */
export interface OperationResult {
	/** A `write` that stops has to say how much is already saved; a `push` can be repeated as a whole. */
	readonly effect: 'read' | 'write' | 'push';
	readonly outcomes: readonly ItemOutcome[];
	/** Where items were put together to documents: the input items of each outcome. */
	readonly inputItems?: ReadonlyArray<readonly number[]>;
}

export function done(...records: readonly IDataObject[]): ItemOutcome {
	return { status: 'done', records };
}

export function failed(failure: Failure): ItemOutcome {
	return { status: 'failed', failure };
}
