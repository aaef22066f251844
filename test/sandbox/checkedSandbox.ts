import { createSandbox, type SandboxOptions } from '../../hub-server/sandbox/createSandbox';
import type { StartedSandbox } from '../support/startSandbox';
import { sandboxClient } from '../support/sandboxClient';
import { schemaFor } from './responseSchemas';

/** A sandbox whose every answer is held against Xero's schemas before the test sees it. */
export async function startCheckedSandbox(options: SandboxOptions = {}): Promise<StartedSandbox> {
	const sandbox = await createSandbox({ port: 0, ...options });
	return { ...sandboxClient(sandbox.url, checkedFetch), close: () => sandbox.close() };
}

/** `fetch`, failing on an answer that does not fit Xero's schemas. */
export async function checkedFetch(input: string, init: RequestInit = {}): Promise<Response> {
	const response = await fetch(input, init);
	await checkResponse(init.method ?? 'GET', new URL(input).pathname, response.clone());
	return response;
}

/** @throws Error that names every place where the body departs from the schema */
export async function checkResponse(
	method: string,
	path: string,
	response: Response,
): Promise<void> {
	const schema = schemaFor(method, path, response.status);
	if (schema === undefined || response.headers.get('content-type')?.includes('json') !== true)
		return;

	const body: unknown = await response.json();
	if (schema(body)) return;
	const faults = (schema.errors ?? []).map(
		({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
	);
	throw new Error(
		`${method} ${path} ${response.status} departs from Xero's schema:\n${faults.join('\n')}`,
	);
}
