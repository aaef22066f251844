import { z } from 'zod';
import type { PayloadChanges } from '../administration/payloadChanges';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { AsidePayloads } from '../webhooks/asidePayloads';
import { Page, pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { time } from './times';

export interface PayloadCallsDeps {
	readonly asidePayloads: Pick<AsidePayloads, 'list' | 'get'>;
	readonly payloadChanges: PayloadChanges;
	/** Resolves once everything that Xero was answered for is in the ledger. */
	settled(): Promise<void>;
}

const PayloadAnswer = z.object({
	id: z.string(),
	receivedAt: time,
	putAsideAt: time,
	fault: z.string().describe('what of it could not be read or written; the rest was routed'),
	bytes: z.number(),
});

const PayloadWithBodyAnswer = PayloadAnswer.extend({
	body: z.string().describe('the bytes that Xero signed, in base64'),
});

/** `/api/v1/payloads…`: what Xero sent and the hub could not route whole. */
export function createPayloadCalls(deps: PayloadCallsDeps) {
	const { asidePayloads, payloadChanges, settled } = deps;
	return groupCalls('Payloads', [
		defineCall({
			method: 'get',
			path: '/api/v1/payloads',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'all' },
			summary: 'Lists the payloads that were put aside, newest first',
			query: Page,
			status: 200,
			answer: pageOf(PayloadAnswer),
			async handle({ workspace, query }) {
				await settled();
				return asidePayloads.list(workspace.id, query);
			},
		}),
		defineCall({
			method: 'get',
			path: '/api/v1/payloads/{id}',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'all' },
			summary: 'One of them, with the bytes that Xero signed',
			status: 200,
			answer: PayloadWithBodyAnswer,
			refusals: UNKNOWN,
			async handle({ workspace, params }) {
				const { body, ...payload } = await asidePayloads.get(workspace.id, params.id);
				return { ...payload, body: body.toString('base64') };
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/payloads/{id}/route',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'all' },
			summary: 'Routes one of them again',
			description:
				'For after an update of the hub, or once the ledger is well. What was routed of it before is not doubled; what still cannot be read is put aside again.',
			status: 204,
			refusals: UNKNOWN,
			audit: 'payloads.routed_again',
			async handle({ by, workspace, params }) {
				await payloadChanges.routeAgain(by, workspace, params.id);
				await settled();
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/payloads/{id}/dismiss',
			access: 'workspace',
			needs: { scope: 'events', organisations: 'all' },
			summary: 'Asks nobody about one of them any more',
			description: 'It is kept as long as any other payload, and never routed.',
			status: 204,
			refusals: UNKNOWN,
			audit: 'payloads.dismissed',
			handle: ({ by, workspace, params }) => payloadChanges.dismiss(by, workspace, params.id),
		}),
	]);
}
