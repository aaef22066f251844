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
	/** Id of the API key that was shown, or "admin"; absent where the hub writes by itself. */
	readonly keyId?: string | undefined;
	/** The push that sends it; absent for a call of the proxy. */
	readonly push?: WritePush | undefined;
	readonly body: Buffer | ReplayableBody | undefined;
}

/** How such a call ended. */
export type WriteAnswer =
	/** Nothing of it reached Xero. */
	| { readonly kind: 'not_sent' }
	/** It may have reached Xero, and no answer came. */
	| { readonly kind: 'silent' }
	| {
			readonly kind: 'answered';
			readonly status: number;
			/** Xero's whole body as it came; absent where it was not read to its end, or is not kept. */
			readonly body?: Buffer | undefined;
			/** Its `Content-Encoding`. */
			readonly encoding?: string | undefined;
	  };

/** A call that is on its way to Xero. */
export interface OpenWrite {
	/** Once, when it is over; whoever judges a change waits for it meanwhile. Never throws. */
	end(answer: WriteAnswer): void;
}

/** Remembers what is written to Xero: what automation changed, and so that its echo is known. */
export interface WriteMemory {
	/** Durable once resolved: call before sending. @returns undefined for what is not remembered, such as a read */
	begin(call: WriteCall): Promise<OpenWrite | undefined>;
}
