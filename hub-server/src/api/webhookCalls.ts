import { describeCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';

/** Answered by `webhooks/webhookEndpoint`, before Express sees the request. */
export const webhookCalls = groupCalls('Webhooks', [
	describeCall({
		method: 'post',
		path: '/webhooks/xero/{slug}',
		access: 'public',
		summary: 'Xero’s delivery URL of a workspace',
		description:
			'Signed by Xero in x-xero-signature. The answer has no body: 200 stored, 401 wrong signature, 503 come again.',
		status: 200,
	}),
]);
