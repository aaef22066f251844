import { OPERATION_SCOPES } from './operationScopes';
import { coversScope, missingScopes } from './scopeCover';

/** What the hub asks for, against what a user let it do. */
export interface ScopeStanding {
	readonly granted: readonly string[];
	readonly asked: readonly string[];
	/** Asked for and not granted: of no use until somebody consents anew. */
	readonly missing: readonly string[];
	/** Operations of the nodes that Xero refuses until then, resource by resource. */
	readonly stopped: readonly string[];
}

export function scopeStanding(granted: readonly string[], asked: readonly string[]): ScopeStanding {
	const isStopped = (scope: string) => !coversScope(granted, scope) && coversScope(asked, scope);
	const stopped = Object.entries(OPERATION_SCOPES)
		.filter(([scope]) => isStopped(scope))
		.flatMap(([, operations]) => operations);
	return { granted, asked, missing: missingScopes(granted, asked), stopped };
}
