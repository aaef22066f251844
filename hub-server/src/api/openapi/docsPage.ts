import { escapeHtml, htmlPage } from '../../connect/htmlPage';
import { operationId } from './createOpenApiDocument';
import type { Access, Operation } from './Operation';

const ACCESS_WORDS: Readonly<Record<Access, string>> = {
	public: 'no key',
	admin: 'admin key',
	workspace: 'API key',
};

/** The API for people: every call with who may make it. The schemas are in `/openapi.json`. */
export function docsPage(operations: readonly Operation[]): string {
	return htmlPage('The hub’s API', [
		'<p>For programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). Keys go into ' +
			'<code>Authorization: Bearer …</code>; an admin key names the workspace in ' +
			'<code>X-Workspace</code>.</p>',
		`<ul>${operations.map(entry).join('\n')}</ul>`,
	]);
}

function entry(operation: Operation): string {
	const { method, path, summary, description, access } = operation;
	return (
		`<li id="${operationId(operation)}"><code>${method.toUpperCase()} ${escapeHtml(path)}</code> ` +
		`<strong>${ACCESS_WORDS[access]}</strong><br>${escapeHtml(summary)}.` +
		`${description ? ` ${escapeHtml(description)}` : ''}</li>`
	);
}
