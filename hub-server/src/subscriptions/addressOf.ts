import type { SubscriptionRequest, TriggerKey } from '../../protocol';
import { newId } from '../database/newId';

/**
 * What a subscription is known by in its workspace: the URL that it is pushed to, or the name of one that is
 * pulled. With a key that name is made from the key; a copy of the trigger has the same with something behind
 * it, and says so.
 */
export function addressOf({ delivery, key, url }: SubscriptionRequest): string {
	if (delivery === 'pull' && key !== undefined) {
		const name = nameOf(key);
		// A copy of a workflow holds the name of another one: it is not believed.
		return url?.startsWith(`${name}${COPY}`) === true ? url : name;
	}
	if (url === undefined) throw new Error('A subscription has neither a URL nor a key.');
	return url;
}

/** A name of its own for a copy of the trigger. @param now epoch milliseconds */
export function nameOfCopy(address: string, now: number): string {
	return `${address.split(COPY)[0]}${COPY}${newId(now)}`;
}

/** Where the trigger is: scheme, host and port of its URL, or the whole name of one that pulls. */
export function originOf(address: string): string {
	return isPullName(address) ? address : new URL(address).origin;
}

export function isPullName(address: string): boolean {
	return address.startsWith(SCHEME);
}

/** What people call one that is pulled: nobody has typed the name that is made from a key. */
export function pullName({
	url,
	workflowId,
}: {
	readonly url: string;
	/** Of its key; null where it has none. */
	readonly workflowId: string | null;
}): string {
	return workflowId === null ? url.slice(SCHEME.length) : `Workflow ${workflowId}`;
}

const SCHEME = 'pull:';

const COPY = '#';

function nameOf({ instanceId, workflowId, nodeId }: TriggerKey): string {
	return SCHEME + [instanceId, workflowId, nodeId].map(encodeURIComponent).join('/');
}
