import { explainReply } from '../errors/explainReply';
import type { Explanation } from '../errors/Explanation';
import type { XeroReply } from '../messages/XeroReply';
import type { OperationRun } from '../run/OperationRun';
import { scopeToRead } from './scopeToRead';

/** Why a request of this run failed; a read also works with the scope's `.read` form. */
export function explainFor(
	run: Pick<OperationRun, 'transport' | 'nowMs'>,
	reply: XeroReply,
	{
		tenantId,
		scope,
		effect,
	}: { readonly tenantId: string; readonly scope?: string; readonly effect: 'read' | 'write' },
): Explanation {
	return explainReply(reply, {
		route: run.transport.route,
		nowMs: run.nowMs(),
		tenantId,
		scope: scope === undefined || effect === 'write' ? scope : eitherToRead(scope),
		write: effect === 'write',
	});
}

function eitherToRead(scope: string): string {
	const read = scopeToRead(scope);
	return read === scope ? scope : `${scope} or ${read}`;
}
