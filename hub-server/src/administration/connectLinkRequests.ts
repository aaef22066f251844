import { z } from 'zod';

const DAY_MS = 24 * 3600_000;

/** Long enough for an answer to a letter. */
const USUAL_DAYS = 14;

const MOST_DAYS = 366;

const FromNow = (now: () => number) =>
	z.iso
		.datetime({ offset: true, error: 'must be a time such as 2026-11-02T09:00:00Z' })
		.transform((text) => Date.parse(text))
		.refine((at) => at > now(), 'must be in the future')
		.refine((at) => at <= now() + MOST_DAYS * DAY_MS, 'may be a year from now at most');

/** `POST …/connect-links`. */
export const newConnectLink = (now: () => number) =>
	z.object({
		onConnect: z
			.enum(['hold', 'accept'])
			.default('hold')
			.describe('hold: off, until a member of the workspace confirms it; accept: on at once'),
		once: z.boolean().default(true).describe('whether it ends with its first use'),
		expiresAt: FromNow(now)
			.default(() => now() + USUAL_DAYS * DAY_MS)
			.meta({ description: `when it ends; ${USUAL_DAYS} days from now where absent` }),
	});

/** The portal's form: a day, to its end in UTC. */
export const connectLinkForm = (now: () => number) =>
	z
		.object({
			onConnect: z.enum(['hold', 'accept']).default('hold'),
			uses: z.enum(['once', 'many']).default('once'),
			until: z.iso
				.date('must be a day')
				.transform((day) => `${day}T23:59:59Z`)
				.pipe(FromNow(now)),
		})
		.transform(({ uses, until, ...wish }) => ({
			...wish,
			once: uses === 'once',
			expiresAt: until,
		}));

/** The day that the form proposes, as a date field wants it. */
export function usualLastDay(now: number): string {
	return new Date(now + USUAL_DAYS * DAY_MS).toISOString().slice(0, 10);
}
