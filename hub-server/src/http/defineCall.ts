import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../administration/Actor';
import { actorOf } from './actorOf';
import { callerOf, organisationsOf, workspaceOf, type RequestWorkspace } from './authenticate';
import type { Access, CallDescription, HttpCall, KeyNeeds, OtherAnswers } from './HttpCall';
import type { KeyOrganisations } from './KeyOrganisations';
import { parseRequest } from './parseRequest';
import { requireStorable } from './requireStorable';

/** What a call's handler gets, read and checked. */
export type Call<
	Path extends string,
	On extends Access,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Audit extends string,
> = {
	/** Decoded. */
	readonly params: Readonly<Record<ParameterOf<Path>, string>>;
	readonly query: z.output<Query>;
	readonly body: z.output<Body>;
	/** @param name in any case */
	readonly header: (name: string) => string | undefined;
} & (On extends 'workspace' ? ForWorkspace : unknown) &
	([Audit] extends [never] ? unknown : { readonly by: Actor });

interface ForWorkspace {
	readonly workspace: RequestWorkspace;
	/** The id of the API key that was shown, or "admin". */
	readonly caller: string;
	/** Those that the key is for; a call that `needs` them narrowed looks at nothing else. */
	readonly organisations: KeyOrganisations;
}

/** Without it a workspace's call is none: whatever asks nothing of a key would be open to all. */
type NeedsOf<On extends Access> = On extends 'workspace'
	? { readonly needs: KeyNeeds }
	: { readonly needs?: never };

/** `{slug}` and `{id}` of `/workspaces/{slug}/api-keys/{id}`. */
type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
	? (Name extends `+${infer Long}` ? Long : Name) | ParameterOf<Rest>
	: never;

/** Everything about one call, in one place. */
interface Declaration<
	Path extends string,
	On extends Access,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Audit extends string,
> extends CallDescription {
	readonly path: Path;
	readonly access: On;
	readonly query?: Query;
	readonly body?: Body;
	/** The handler passes `by` on to whatever changes something, and the entry there gets this name. */
	readonly audit?: Audit;
}

/**
 * A call that answers JSON, or nothing. Its handler gives back what the answer's schema says; what it
 * throws becomes a problem.
 */
export function defineCall<
	const Path extends string,
	const On extends Access,
	Query extends z.ZodType = z.ZodNever,
	Body extends z.ZodType = z.ZodNever,
	Answer extends z.ZodType = z.ZodVoid,
	Also extends OtherAnswers = Record<never, never>,
	const Audit extends string = never,
>(
	declaration: Declaration<Path, On, Query, Body, Audit> &
		NeedsOf<On> & {
			readonly answer?: Answer;
			readonly alsoAnswers?: Also;
			/** The answer holds a secret: no cache may keep it. */
			readonly isSecret?: boolean;
			handle(
				call: Call<Path, On, Query, Body, Audit>,
			): Promise<DeepReadonly<z.output<Answer>> | OtherAnswerOf<Also>>;
		},
): Omit<HttpCall, 'group'> {
	const { isSecret = false, handle, ...asDeclared } = declaration;
	const description: Declaration<Path, On, Query, Body, Audit> = {
		...asDeclared,
		body: asDeclared.body && refusingUnknown(asDeclared.body),
	};
	return {
		...description,
		readsJson: declaration.access !== 'public',
		async respond(request, response) {
			const value: unknown = await handle(readCall(description, request, response));
			const answer = isOtherAnswer(value) ? value : new OtherAnswer(declaration.status, value);
			if (isSecret) response.set('Cache-Control', 'no-store');
			response.status(answer.status);
			if (answer.value === undefined) response.end();
			else response.json(answer.value);
		},
	};
}

/** A call that writes its answer itself, such as a page or a stream. Its body is not read before. */
export function defineRawCall<
	const Path extends string,
	const On extends Access,
	Query extends z.ZodType = z.ZodNever,
	const Audit extends string = never,
>(
	declaration: Declaration<Path, On, Query, z.ZodNever, Audit> &
		NeedsOf<On> & {
			respond(
				request: Request,
				response: Response,
				call: Call<Path, On, Query, z.ZodNever, Audit>,
			): Promise<void>;
		},
): Omit<HttpCall, 'group'> {
	const { respond, ...asDeclared } = declaration;
	const description: Declaration<Path, On, Query, z.ZodNever, Audit> = asDeclared;
	return {
		...description,
		readsJson: false,
		respond: (request, response) =>
			respond(request, response, readCall(description, request, response)),
	};
}

/** A call that something in front of Express answers: for the documentation only. */
export function describeCall(description: CallDescription): Omit<HttpCall, 'group'> {
	return { ...description, readsJson: false };
}

/** One of a call's `alsoAnswers`. */
export function answerWith<const Status extends number, Value>(
	status: Status,
	value: Value,
): OtherAnswer<Status, Value> {
	return new OtherAnswer(status, value);
}

class OtherAnswer<Status extends number, Value> {
	constructor(
		readonly status: Status,
		readonly value: Value,
	) {}
}

function isOtherAnswer(value: unknown): value is OtherAnswer<number, unknown> {
	return value instanceof OtherAnswer;
}

type OtherAnswerOf<Also extends OtherAnswers> = {
	[Status in keyof Also & number]: OtherAnswer<
		Status,
		DeepReadonly<z.output<Also[Status]['answer']>>
	>;
}[keyof Also & number];

type DeepReadonly<Value> = Value extends readonly (infer Item)[]
	? readonly DeepReadonly<Item>[]
	: Value extends object
		? { readonly [Member in keyof Value]: DeepReadonly<Value[Member]> }
		: Value;

/** A member that would do nothing is refused, so that nobody relies on it. */
function refusingUnknown<Body extends z.ZodType>(body: Body): Body {
	return body instanceof z.ZodObject ? (body.strict() as unknown as Body) : body;
}

/** @throws InvalidRequestError */
function readCall<
	Path extends string,
	On extends Access,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Audit extends string,
>(
	{ access, query, body, audit }: Declaration<Path, On, Query, Body, Audit>,
	request: Request,
	response: Response,
) {
	const read = {
		params: request.params,
		header: (name: string) => request.get(name),
		query: query && parseRequest(query, request.query),
		body: body && parseRequest(body, request.body),
	};
	// After the schemas, which say more of their own fields.
	requireStorable(read.params, 'path');
	requireStorable(read.query, 'query');
	requireStorable(read.body, 'body');
	return {
		...read,
		...(access === 'workspace' && {
			workspace: workspaceOf(response),
			caller: callerOf(response),
			organisations: organisationsOf(response),
		}),
		...(audit !== undefined && { by: actorOf(request, response, audit) }),
		// The type says of each call which of these it has.
	} as unknown as Call<Path, On, Query, Body, Audit>;
}
