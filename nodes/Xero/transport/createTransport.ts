import { sleep } from 'n8n-workflow';

import type { Pacer } from './createPacer';
import { directTransport } from './directTransport';
import { hubTransport } from './hubTransport';
import type { RequestContext } from './RequestContext';
import { withPacing } from './withPacing';
import { withRetries } from './withRetries';
import type { XeroTransport } from './XeroTransport';

/** The node's `authentication` parameter. */
export const AUTHENTICATION = { hub: 'hub', oAuth2: 'oAuth2' } as const;

/** The hub paces what goes through it; direct calls of this n8n process are paced here. */
const pacers = new Map<string, Pacer>();

/** The transport that the node's authentication setting names, with retries. */
export function createTransport(context: RequestContext): XeroTransport {
	const authentication = context.getNode().parameters.authentication;
	const transport =
		authentication === AUTHENTICATION.oAuth2
			? withPacing(directTransport(context), { sleep, now: Date.now }, pacers)
			: hubTransport(context);
	return withRetries(transport, {
		sleep,
		random: Math.random,
		isCancelled: () => isCancelled(context),
	});
}

function isCancelled(context: RequestContext): boolean {
	return (
		'getExecutionCancelSignal' in context && context.getExecutionCancelSignal()?.aborted === true
	);
}
