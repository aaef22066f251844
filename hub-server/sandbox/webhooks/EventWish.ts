import { z } from 'zod';

/** One event of `POST /_sandbox/webhooks/send`; what is left out is filled in. */
export const EventWish = z.looseObject({
	tenantId: z.string(),
	resourceId: z.string(),
	eventCategory: z.string().default('INVOICE'),
	eventType: z.string().default('UPDATE'),
	eventDateUtc: z.string().optional(),
	resourceUrl: z.string().optional(),
	tenantType: z.string().default('ORGANISATION'),
});
export type EventWish = z.infer<typeof EventWish>;
