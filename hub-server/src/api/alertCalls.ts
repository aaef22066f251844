import { z } from 'zod';
import type { AlertLedger } from '../alerts/alertLedger';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import { pageOf } from './paging';
import { time } from './times';

export interface AlertCallsDeps {
	readonly alerts: Pick<AlertLedger, 'listOpen'>;
	/** Resolves once everything that Xero was answered for is in the ledger. */
	settled(): Promise<void>;
}

const AlertAnswer = z.object({
	id: z.string(),
	kind: z
		.string()
		.describe(
			'reauth_required, app_keys_refused, workflow_paused, workflow_disabled, deliveries_dead, webhook_silent, day_budget_low and others: new kinds come with new versions',
		),
	subject: z
		.string()
		.describe(
			'the id of a grant, of a subscription or of an organisation; hub where it is about the whole hub',
		),
	message: z.string().describe('what happened and what to do, for people'),
	raisedAt: time,
});

/** `/api/v1/alerts`: what needs a person. */
export function createAlertCalls({ alerts, settled }: AlertCallsDeps) {
	return groupCalls('Alerts', [
		defineCall({
			method: 'get',
			path: '/api/v1/alerts',
			access: 'workspace',
			summary: 'What needs a person now',
			status: 200,
			answer: pageOf(AlertAnswer),
			async handle({ workspace }) {
				await settled();
				return { items: await alerts.listOpen(workspace.id), nextCursor: null };
			},
		}),
	]);
}
