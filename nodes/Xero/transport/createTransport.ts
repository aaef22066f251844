import { sleep } from 'n8n-workflow';

import type { Pacer } from './createPacer';
import { directTransport, type DirectCredential } from './directTransport';
import { hubTransport } from './hubTransport';
import type { RequestContext } from './RequestContext';
import { untilStopped } from './untilStopped';
import { withAddressLimit } from './withAddressLimit';
import { withPacing } from './withPacing';
import { withRetries } from './withRetries';
import type { XeroTransport } from './XeroTransport';

/** By the node's `authentication` parameter; everything else, and what is read from the hub, goes through it. */
const DIRECT_CREDENTIALS: ReadonlyMap<string, DirectCredential> = new Map([
	['oAuth2', 'xeroAccountingOAuth2Api'],
	['customConnection', 'xeroCustomConnectionOAuth2Api'],
]);

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

function isStopped(context: RequestContext): boolean {
	return (
		'getExecutionCancelSignal' in context && context.getExecutionCancelSignal()?.aborted === true
	);
}
