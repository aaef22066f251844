import type { XeroReply } from '../messages/XeroReply';
import { planRetry, type Retries } from './planRetry';
import { settleDelete } from './settleDelete';
import type { XeroTransport } from './XeroTransport';

export interface RetryDeps {
	/** Waits, in milliseconds. */
	readonly sleep: (ms: number) => Promise<void>;
	/** In [0, 1). */
	readonly random: () => number;
	/** Somebody has stopped the execution: no further try. */
	readonly isStopped: () => boolean;
}

/** Sends again what {@link planRetry} says is worth it, with the same idempotency key. */
export function withRetries(transport: XeroTransport, deps: RetryDeps): XeroTransport {
	return {
		...transport,

		async send(request): Promise<XeroReply> {
			let retries: Retries = { limited: 0, unavailable: 0, lost: 0 };
			for (;;) {
				const reply = await transport.send(request);
				const step = planRetry(reply, retries, deps.random());
				if (step === undefined || deps.isStopped()) return settleDelete(request, reply, retries);
				await deps.sleep(step.waitMs);
				if (deps.isStopped()) return reply;
				retries = { ...retries, [step.reason]: retries[step.reason] + 1 };
			}
		},
	};
}
