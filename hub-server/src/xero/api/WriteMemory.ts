import type { ReplayableBody } from './replayableBody';
import type { WriteCause, WritePush } from './WriteCause';

/** A call that may write to Xero, before it is sent. */
export interface WriteCall {
	readonly workspaceId: string;
	readonly tenantId: string;
	readonly method: string;
	/** With a leading slash, without the query. */
	readonly path: string;
	readonly cause: WriteCause;
	/** The push that sends it; absent for a call of the proxy. */
	readonly push?: WritePush | undefined;
	readonly body: Buffer | ReplayableBody | undefined;
}

/** A call that is on its way to Xero. */
export interface OpenWrite {
	/**
	 * Once, when it is over; whoever judges a change waits for it meanwhile. Never throws.
	 *
	 * @param answer Xero's whole JSON body as it came; undefined where there is nothing to remember
	 */
	end(answer: { readonly body: Buffer; readonly encoding: string | undefined } | undefined): void;
}

/** Remembers what is written through the proxy, so that its echo is known. */
export interface WriteMemory {
	/** Durable once resolved: call before sending. @returns undefined for what is not remembered */
	begin(call: WriteCall): Promise<OpenWrite | undefined>;
}
