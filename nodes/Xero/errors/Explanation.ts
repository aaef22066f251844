import type { Route } from '../messages/Route';
import type { Failure } from './failure';

/** What an answer is explained with. */
export interface ExplainContext {
	readonly route: Route;
	/** Unix milliseconds; turns a `Retry-After` into a time of day. */
	readonly nowMs: number;
	readonly tenantId?: string;
	/** Any of these scopes would do, such as `accounting.invoices`. */
	readonly scope?: string;
	readonly write?: boolean;
}

/** Why something failed, and how far that reaches. */
export interface Explanation {
	readonly failure: Failure;
	/** What else cannot work now: this request only, all of this organisation's, or everything. */
	readonly reach: 'request' | 'organisation' | 'run';
}
