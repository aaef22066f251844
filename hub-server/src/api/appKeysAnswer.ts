import { z } from 'zod';
import { nullableTime } from './times';

/** What may be shown of a workspace's app keys. */
export const AppKeysAnswer = z.object({
	clientId: z.string(),
	clientSecretFingerprint: z.string().describe('the first characters of its SHA-256'),
	webhookKeyFingerprint: z.string().nullable(),
	secondWebhookKeyFingerprint: z.string().nullable(),
	scopes: z.string(),
	tier: z.string(),
	handshakeAt: nullableTime.describe("when Xero's intent-to-receive check was last answered well"),
	verifiedAt: nullableTime.describe('when Xero last accepted id and secret'),
	warnings: z.array(z.string()).describe("what does not look like Xero's keys, in sentences"),
});
