import { z } from 'zod';

/** Where a browser must go to give its consent. */
export const AuthorizeUrlAnswer = z.object({ authorizeUrl: z.string() });
