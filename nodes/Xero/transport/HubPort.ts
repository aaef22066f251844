import type { XeroReply } from '../messages/XeroReply';
import type { HubCall } from './hubRequest';

/** What the hub itself keeps: links, mappings and pushes, beside the way to Xero. */
export interface HubPort {
	/** Without the slash at its end. */
	address(): Promise<string>;
	/** Waits and tries again where that is worth it: a change carries its idempotency key, or is one that can be repeated. */
	send(call: HubCall): Promise<XeroReply>;
}
