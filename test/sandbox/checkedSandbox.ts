import type { SandboxOptions } from '../../hub-server/sandbox/createSandbox';
import { sandboxClient } from '../support/sandboxClient';
import { startSandbox, type StartedSandbox } from '../support/startSandbox';
import { schemaFor } from './responseSchemas';
import { sdkDepartures } from './sdkAnswers';

/** A sandbox whose every answer is held against Xero's schemas before the test sees it. */
export async function startCheckedSandbox(options: SandboxOptions = {}): Promise<StartedSandbox> {
	const { url, close } = await startSandbox(options);
	return { ...sandboxClient(url, checkedFetch), close };
}

/** `fetch`, failing on an answer that does not fit Xero's schemas or the models of its SDK. */
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
	if (response.headers.get('content-type')?.includes('json') !== true) return;

	const body: unknown = await response.json();
	const faults = [
		...schemaDepartures(method, path, response.status, body),
		...sdkDepartures(method, path, response.status, body),
	];
	if (faults.length === 0) return;
	throw new Error(
		`${method} ${path} ${response.status} departs from Xero's schema:\n${faults.join('\n')}`,
	);
}

function schemaDepartures(method: string, path: string, status: number, body: unknown): string[] {
	const schema = schemaFor(method, path, status);
	if (schema === undefined || schema(body)) return [];
	return (schema.errors ?? []).map(
		({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
	);
}
