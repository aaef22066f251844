import { z } from 'zod';
import type { AlertChanges } from '../administration/alertChanges';
import type { AlertLedger } from '../alerts/alertLedger';
import { defineCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import { pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { time } from './times';

export interface AlertCallsDeps {
	readonly alerts: Pick<AlertLedger, 'listOpen'>;
	readonly alertChanges: AlertChanges;
	/** Resolves once everything that Xero was answered for is in the ledger. */
	settled(): Promise<void>;
}

const AlertAnswer = z.object({
	id: z.string(),
	kind: z
		.string()
		.describe(
			'reauth_required, app_keys_refused, workflow_paused, workflow_disabled, deliveries_dead, payload_put_aside, routing_behind, restored_from_backup, webhook_silent, day_budget_low and others: new kinds come with new versions',
		),
	subject: z
		.string()
		.describe(
			'the id of a grant, of a subscription or of an organisation; payloads, ledger; hub where it is about the whole hub',
		),
	message: z.string().describe('what happened and what to do, for people'),
	raisedAt: time,
});

/** `/api/v1/alerts`: what needs a person. */
export function createAlertCalls({ alerts, alertChanges, settled }: AlertCallsDeps) {
	return groupCalls('Alerts', [
		defineCall({
			method: 'get',
			path: '/api/v1/alerts',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'all' },
			summary: 'What needs a person now',
			status: 200,
			answer: pageOf(AlertAnswer),
			async handle({ workspace }) {
				await settled();
				return { items: await alerts.listOpen(workspace.id), nextCursor: null };
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/alerts/{id}/acknowledge',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'all' },
			summary: 'Ends an alert that only has to be read',
			description: 'Such as restored_from_backup. The others end by themselves with their trouble.',
			status: 204,
			refusals: { ...UNKNOWN, 409: 'The alert ends by itself' },
			audit: 'alert.acknowledged',
			handle: ({ by, workspace, params }) => alertChanges.acknowledge(by, workspace, params.id),
		}),
	]);
}
