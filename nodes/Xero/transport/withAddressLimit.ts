import { LONGEST_XERO_ADDRESS, xeroAddressLength } from '../../../hub-server/protocol/xero';
import { isHubProblem } from '../errors/explainHubProblem';
import type { XeroTransport } from './XeroTransport';

/**
 * Tells Xero's 404 for an address that is too long from the one for a record that is not there: it comes
 * back as 414, URI Too Long.
 */
export function withAddressLimit(transport: XeroTransport): XeroTransport {
	return {
		...transport,

		async send(request) {
			const reply = await transport.send(request);
			if (reply.kind !== 'answered' || reply.status !== 404 || isHubProblem(reply.body))
				return reply;
			const isTooLong = xeroAddressLength(request.path, request.query) > LONGEST_XERO_ADDRESS;
			return isTooLong ? { ...reply, status: 414, body: '' } : reply;
		},
	};
}
