import type { XeroReply } from '../messages/XeroReply';
import { createPacer, type Pacer, type PacerDeps } from './createPacer';
import type { XeroTransport } from './XeroTransport';

/**
 * Paces the calls of a transport, organisation by organisation.
 *
 * @param pacers shared by all runs of this process, by organisation: workflows that run at the same
 * time spend one budget
 */
export function withPacing(
	transport: XeroTransport,
	deps: PacerDeps,
	pacers: Map<string, Pacer>,
): XeroTransport {
	return {
		...transport,

		async send(request) {
			const pacer = pacers.get(request.tenantId) ?? createPacer(deps);
			pacers.set(request.tenantId, pacer);
			await pacer.enter();
			let reply: XeroReply = THREW;
			try {
				reply = await transport.send(request);
				return reply;
			} finally {
				pacer.leave(reply);
			}
		},
	};
}

/** Such as a credential that somebody has deleted: its place is free again all the same. */
const THREW: XeroReply = { kind: 'unsent', message: '' };
