import { sleep } from 'n8n-workflow';

import type { Pacer } from './createPacer';
import { DIRECT_CREDENTIALS } from './directCredentials';
import { directTransport } from './directTransport';
import { hubTransport } from './hubTransport';
import { isStopped } from './isStopped';
import type { RequestContext } from './RequestContext';
import { untilStopped } from './untilStopped';
import { withAddressLimit } from './withAddressLimit';
import { withPacing } from './withPacing';
import { withRetries } from './withRetries';
import type { XeroTransport } from './XeroTransport';

/** The hub paces what goes through it; direct calls of this n8n process are paced here. */
const pacers = new Map<string, Pacer>();

/** The transport that the node's authentication setting names, with retries. */
export function createTransport(context: RequestContext): XeroTransport {
	const { authentication, readFrom } = context.getNode().parameters;
	const direct = readFrom === 'hub' ? undefined : DIRECT_CREDENTIALS.get(String(authentication));
	const stopped = () => isStopped(context);
	const transport =
		direct === undefined
			? untilStopped(hubTransport(context), stopped)
			: withPacing(
					untilStopped(directTransport(context, direct), stopped),
					{ sleep, now: Date.now },
					pacers,
				);
	return withAddressLimit(
		withRetries(transport, { sleep, random: Math.random, isStopped: stopped }),
	);
}
