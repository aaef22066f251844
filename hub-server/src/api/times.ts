import { z } from 'zod';

/** A time in an answer. */
export const time = z.string().describe('ISO 8601, UTC');

export const nullableTime = time.nullable();
