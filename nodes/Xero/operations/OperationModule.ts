import type { INodeProperties } from 'n8n-workflow';

import type { HubFacts, RequestFacts } from '../requests/RequestFacts';
import type { OperationResult } from '../run/ItemOutcome';
import type { OperationRun } from '../run/OperationRun';

/** What each `<name>.operation.ts` exports. */
export interface OperationModule {
	/** Its fields; `defineResource` has them shown for this operation only. */
	readonly description: INodeProperties[];
	/** Absent where Xero is not asked. */
	readonly request?: RequestFacts;
	/** Of what only a hub can do; with another credential it is refused. */
	readonly hub?: HubFacts;
	readonly execute: (run: OperationRun) => Promise<OperationResult>;
}
