import type { INodeProperties } from 'n8n-workflow';

import type { Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';

/** What one filter of the editor adds to a list request. */
export interface FilterEffect {
	readonly query?: Readonly<Record<string, string>>;
	/** A condition of `where`. */
	readonly condition?: string;
	readonly ids?: readonly string[];
	readonly ifModifiedSince?: string;
}

export type Filter = (value: unknown, run: OperationRun) => Outcome<FilterEffect>;

/** One filter of a list: how the editor shows it, and what it adds to the request. */
export interface FilterField {
	readonly property: INodeProperties;
	readonly apply: Filter;
}
