import { z } from 'zod';

/** Rows a page, where nobody says how many. */
const USUAL_ROWS = 50;

const MAX_ROWS = 200;

export const Page = z.object({
	cursor: z.string().max(100).optional().describe('nextCursor of the page before'),
	limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(USUAL_ROWS),
});

/** Lists are alike: give `nextCursor` back as `cursor` for the next page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
	z.object({ items: z.array(item), nextCursor: z.string().nullable() });
