import type { FieldFault } from '../errors/requestErrors';

/** App keys as they would stand after they are saved. */
export interface KeysToSave {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly webhookKey?: string | null | undefined;
	readonly secondWebhookKey?: string | null | undefined;
	/** Whether the second webhook key is the first once more. */
	readonly isSecondTheFirst: boolean;
}

/** Which of the texts that Xero's portal shows was pasted in the place of another. */
export function mixedUpKeys(keys: KeysToSave): readonly FieldFault[] {
	const { clientId, clientSecret } = keys;
	const faults: FieldFault[] = [];
	if (clientId === clientSecret) {
		faults.push({
			field: 'clientSecret',
			message: 'this is the client id a second time: copy the client secret',
		});
	}
	for (const field of ['webhookKey', 'secondWebhookKey'] as const) {
		if (keys[field] === clientSecret) {
			faults.push({
				field,
				message: "this is the client secret: copy the key from the app's webhooks page",
			});
		}
	}
	if (keys.isSecondTheFirst) {
		faults.push({
			field: 'secondWebhookKey',
			message: 'this is the first webhook key a second time: leave it out',
		});
	}
	return faults;
}
