import { z } from 'zod';

/** Xero's limits, per organisation and app unless said otherwise; set by `PUT /_sandbox/limits`. */
export const Limits = z.strictObject({
	/** Calls in flight. */
	concurrent: z.int().min(1).default(5),
	/** Calls in one window. */
	minute: z.int().min(0).default(60),
	/** Calls in one day window; when absent, what the app's tier allows. */
	day: z.int().min(0).optional(),
	/** Calls in one window over all organisations of the app. */
	appMinute: z.int().min(0).default(10_000),
	/** Length of the minute window; the day window is 1,440 of them. */
	windowMs: z.number().min(1).default(60_000),
});
export type Limits = z.infer<typeof Limits>;
