import { z } from 'zod';

/** What a removal could not do at Xero. */
const StillAtXeroAnswer = z.object({
	stillAtXero: z.array(
		z.object({
			tenantId: z.string(),
			name: z.string(),
			reason: z.string().describe('and what to do, for people'),
		}),
	),
});

/** Of a removal that usually answers 204. */
export const STILL_AT_XERO = {
	200: { when: 'Done here; what could not be removed at Xero, and why', answer: StillAtXeroAnswer },
} as const;
