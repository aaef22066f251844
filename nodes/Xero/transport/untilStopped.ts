import type { XeroTransport } from './XeroTransport';

/**
 * Sends nothing more once the execution is stopped: n8n lets a node that has begun run on, and a long
 * write would go on in the background.
 */
export function untilStopped(transport: XeroTransport, isStopped: () => boolean): XeroTransport {
	return {
		...transport,

		async send(request) {
			return isStopped() ? { kind: 'stopped' } : await transport.send(request);
		},
	};
}
