import type { z } from 'zod';

/** Who may call: nobody in particular, the operator, or a workspace's API key. */
export type Access = 'public' | 'admin' | 'workspace';

/** One call of the API, as its documentation tells it. */
export interface Operation {
	readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
	/** With parameters in braces: `/api/v1/workspaces/{slug}`. */
	readonly path: string;
	readonly access: Access;
	/** A sentence without a full stop. */
	readonly summary: string;
	/** What a reader could not guess. */
	readonly description?: string;
	readonly query?: z.ZodType;
	readonly body?: z.ZodType;
	/** The good answer. */
	readonly status: number;
	/** JSON, or absent for an empty answer; a string is a media type of its own. */
	readonly answer?: z.ZodType | string;
	/** Good answers with another status, and when they come. */
	readonly alsoAnswers?: Readonly<
		Record<number, { readonly when: string; readonly answer: z.ZodType }>
	>;
	/** Other statuses worth naming, with what they mean; every call may answer a problem. */
	readonly refusals?: Readonly<Record<number, string>>;
}
