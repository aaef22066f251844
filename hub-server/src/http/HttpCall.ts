import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { KeyScope } from '../workspaces/keyScopes';

/** Who may call: nobody in particular, the operator, or a workspace's API key. */
export type Access = 'public' | 'admin' | 'workspace';

/**
 * What a call asks of an API key.
 *
 * `organisations` says what a key meets that is for some organisations only:
 * - `path`: the path's tenantId must be one of them;
 * - `narrowed`: the handler shows and changes what is of them only, with the call's `organisations`;
 * - `untouched`: it is about no organisation;
 * - `all`: it cannot be held to some, so such keys are refused.
 */
export interface KeyNeeds {
	/** `any`: every key may. */
	readonly scope: KeyScope | 'any';
	readonly organisations: 'path' | 'narrowed' | 'untouched' | 'all';
}

/** One call of the API, as its documentation tells it. */
export interface CallDescription {
	readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
	/** With parameters in braces: `/api/v1/workspaces/{slug}`; `{+path}` may hold slashes (RFC 6570). */
	readonly path: string;
	readonly access: Access;
	/** Of a workspace's call; the others have no API keys. */
	readonly needs?: KeyNeeds | undefined;
	/** What a parameter of the path may be; another call, or nobody, answers anything else. */
	readonly oneOf?: Readonly<Record<string, readonly string[]>> | undefined;
	/** A sentence without a full stop. */
	readonly summary: string;
	/** What a reader could not guess. */
	readonly description?: string | undefined;
	readonly query?: z.ZodType | undefined;
	readonly body?: z.ZodType | undefined;
	/** Of a body; 1 MB unless it says otherwise. A body that may be text is CSV then. */
	readonly mostBytes?: number | undefined;
	/** The good answer. */
	readonly status: number;
	/** JSON, or absent for an empty answer; a string is a media type of its own. */
	readonly answer?: z.ZodType | string | undefined;
	/** Answers with another status, and when they come. */
	readonly alsoAnswers?: OtherAnswers | undefined;
	/** Other statuses worth naming, with what they mean; every call may answer a problem. */
	readonly refusals?: Readonly<Record<number, string>> | undefined;
	/** What the audit log calls the change, or the secret that is given away; absent where it tells nothing. */
	readonly audit?: string | undefined;
}

export type OtherAnswers = Readonly<
	Record<number, { readonly when: string; readonly answer: z.ZodType }>
>;

/** A call as the hub has it: described, and answered. */
export interface HttpCall extends CallDescription {
	/** Under which its documentation stands, such as "Workspaces". */
	readonly group: string;
	/** Whether its body is read as JSON before; otherwise `respond` may stream it. */
	readonly readsJson: boolean;
	/** Absent where something in front of Express answers. */
	readonly respond?: ((request: Request, response: Response) => Promise<void>) | undefined;
}

/** Calls about one thing, as each of the folder `api/` gives them. */
export function groupCalls(
	group: string,
	calls: readonly Omit<HttpCall, 'group'>[],
): readonly HttpCall[] {
	return calls.map((call) => ({ ...call, group }));
}
