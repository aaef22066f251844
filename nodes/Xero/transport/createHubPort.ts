import { sleep } from 'n8n-workflow';

import { DIRECT_CREDENTIALS } from './directCredentials';
import { exchange } from './exchange';
import type { HubPort } from './HubPort';
import { hubRequest } from './hubRequest';
import { HUB_CREDENTIAL } from './hubTransport';
import { isStopped } from './isStopped';
import { planRetry, type Retries } from './planRetry';
import type { RequestContext } from './RequestContext';

/** The hub of the node's credential; undefined where the node goes to Xero directly. */
export function createHubPort(context: RequestContext): HubPort | undefined {
	if (DIRECT_CREDENTIALS.has(String(context.getNode().parameters.authentication))) return undefined;
	return {
		async address() {
			const { baseUrl } = await context.getCredentials(HUB_CREDENTIAL);
			return String(baseUrl).trim().replace(/\/+$/, '');
		},
		async send(call) {
			const request = await hubRequest(context, call);
			let retries: Retries = { limited: 0, unavailable: 0, lost: 0 };
			for (;;) {
				if (isStopped(context)) return { kind: 'stopped' };
				const reply = await exchange(context, HUB_CREDENTIAL, request);
				const step = planRetry(reply, retries, Math.random());
				if (step === undefined) return reply;
				await sleep(step.waitMs);
				retries = { ...retries, [step.reason]: retries[step.reason] + 1 };
			}
		},
	};
}
