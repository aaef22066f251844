import type { OrganisationApis } from '../apis/createOrganisationApis';
import type { Reply } from '../http/Reply';
import type { SandboxRequest } from '../http/SandboxRequest';
import type { Organisation } from '../world/World';

export type Answer = Readonly<Record<string, unknown>>;

/** What Xero said: its answer, or its own words for why not. */
export type PersonAnswer =
	| { readonly ok: true; readonly answer: Answer }
	| { readonly ok: false; readonly messages: readonly string[] };

/** A call of the accounting API, made by somebody in Xero. @param path below `/api.xro/2.0` */
export function personCall(
	apis: Pick<OrganisationApis, 'byPerson'>,
	organisation: Organisation,
	request: SandboxRequest,
	call: { readonly method: 'GET' | 'POST' | 'PUT'; readonly path: string; readonly body?: object },
): PersonAnswer {
	const [path = '', query = ''] = call.path.split('?');
	const reply = apis.byPerson(organisation, {
		...{ method: call.method, path: `/api.xro/2.0${path}`, query: new URLSearchParams(query) },
		headers: { accept: 'application/json', 'content-type': 'application/json' },
		body: Buffer.from(call.body === undefined ? '' : JSON.stringify(call.body)),
		origin: request.origin,
	});
	const answer = jsonOf(reply);
	if (reply.status < 300 && answer !== undefined) return { ok: true, answer };
	return { ok: false, messages: messagesOf(answer, reply.status) };
}

function jsonOf({ body = '' }: Reply): Answer | undefined {
	try {
		return JSON.parse(body.toString()) as Answer;
	} catch {
		return undefined;
	}
}

/** Xero's own words, wherever they stand. */
function messagesOf(answer: Answer | undefined, status: number): readonly string[] {
	const elements = (answer?.['Elements'] ?? []) as readonly {
		readonly ValidationErrors?: readonly { readonly Message: string }[];
	}[];
	const told = elements.flatMap(({ ValidationErrors = [] }) =>
		ValidationErrors.map(({ Message }) => Message),
	);
	if (told.length > 0) return told;
	return [typeof answer?.['Message'] === 'string' ? answer['Message'] : `Xero answers ${status}.`];
}
