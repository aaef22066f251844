import type { INodeProperties } from 'n8n-workflow';

import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';
import type { RequestFacts } from '../requests/RequestFacts';

/** What each `<name>.operation.ts` exports. */
export interface OperationModule {
	/** Its fields, shown for this resource and operation only. */
	readonly description: INodeProperties[];
	/** Absent where Xero is not asked. */
	readonly request?: RequestFacts;
	readonly execute: (run: OperationRun) => Promise<OperationResult>;
}

/** What each `<Resource>.resource.ts` exports. */
export interface ResourceModule {
	/** The operation selector and the fields of all operations. */
	readonly description: INodeProperties[];
	/** By the value of the `operation` parameter. */
	readonly operations: Readonly<Record<string, OperationModule>>;
}
