import type { TriggerKey } from '../../protocol';

/** Who wrote, through the hub, the version that an event told. */
export interface EventCause {
	/** Id of the n8n workflow; null where the caller did not say. */
	readonly workflow: string | null;
	readonly node: string | null;
	/** The other system whose push wrote it, and the push; null for a call of the proxy. */
	readonly system: string | null;
	readonly pushId: string | null;
	/** Nobody else's change can be in it. */
	readonly isSure: boolean;
}

/**
 * Whether an event is the echo of the subscription's own workflow; of one that has no key, of any write through
 * the hub. When in doubt it is not: a change that comes twice is better than one that is missed.
 */
export function isOwnEcho(
	cause: EventCause | null | undefined,
	key: TriggerKey | null | undefined,
): boolean {
	if (!cause?.isSure) return false;
	return !key || key.workflowId === cause.workflow;
}
