import type { SandboxOptions } from '../../hub-server/sandbox/createSandbox';
import type { SandboxApp, SandboxAppWish, SandboxTokens } from '../support/sandboxClient';
import type { StartedSandbox } from '../support/startSandbox';
import { startCheckedSandbox } from './checkedSandbox';
import type { Json, XeroBody, XeroRecord } from './XeroBody';

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** The parsed body; `{}` when there is none or it is no JSON. */
	readonly json: XeroBody;
	readonly text: string;
}

/** A checked sandbox with an app connected to its first organisation, and no limits in the way. */
export interface ConnectedSandbox extends StartedSandbox {
	readonly app: SandboxApp;
	readonly tokens: SandboxTokens;
	readonly tenantId: string;
	get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
	put(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
	post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
	delete(path: string): Promise<Answer>;
}

export async function connectSandbox(
	options: SandboxOptions = {},
	appWish: SandboxAppWish = {},
	/** The usual ones when absent. */
	scopes?: readonly string[],
): Promise<ConnectedSandbox> {
	const sandbox = await startCheckedSandbox(options);
	await sandbox.setLimits({
		minute: 1_000_000,
		day: 1_000_000,
		appMinute: 1_000_000,
		concurrent: 1_000,
	});
	const app = await sandbox.createApp(appWish);
	const tokens = await sandbox.authorise(app, scopes === undefined ? {} : { scopes });
	const { organisations } = await sandbox.state();
	const tenantId = organisations[0]?.tenantId as string;

	const send =
		(method: string) =>
		async (
			path: string,
			body?: unknown,
			headers?: Readonly<Record<string, string>>,
		): Promise<Answer> =>
			answerOf(await sandbox.call(tokens, tenantId, method, `/api.xro/2.0${path}`, body, headers));
	return {
		...sandbox,
		app,
		tokens,
		tenantId,
		get: (path, headers) => send('GET')(path, undefined, headers),
		put: send('PUT'),
		post: send('POST'),
		delete: send('DELETE'),
	};
}

export async function answerOf(response: Response): Promise<Answer> {
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') === true;
	return {
		status: response.status,
		headers: response.headers,
		json: isJson && text !== '' ? (JSON.parse(text) as XeroBody) : NO_BODY,
		text,
	};
}

const NO_BODY = {} as XeroBody;

/** The messages of the first refused element of a 400, of the first element of a 200, or of a body refused whole. */
export function messagesOf({ json }: Answer): string[] {
	const lists = Object.values(json).filter(Array.isArray) as XeroRecord[][];
	const [elements] = lists;
	if (elements === undefined) return [json['Message']];
	return (elements[0]?.ValidationErrors ?? []).map(({ Message }) => Message);
}

/** A complete sales invoice, to be varied. */
export function salesInvoice(changes: Json = {}): Json {
	return {
		Type: 'ACCREC',
		Status: 'AUTHORISED',
		Contact: { Name: 'Ridgeway Trading' },
		Date: '2026-11-01',
		DueDate: '2026-11-30',
		LineItems: [{ Description: 'Consulting', Quantity: 2, UnitAmount: 100, AccountCode: '200' }],
		...changes,
	};
}
