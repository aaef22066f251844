/**
 * Writes `documentation/operations.md` and the tables of `documentation/resources/*.md` and
 * `documentation/credentials.md`, `hub-server/docs/who-may-what.md`, and what the hub knows of the nodes'
 * operations: `hub-server/src/xero/identity/operationScopes.ts`.
 *
 *     npm run docs              writes them
 *     npm run docs -- --check   says which differ, and fails if any does
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { operationScopes } from './operationScopes';
import { documentedResources, operationMatrix, resourceReference } from './operationTable';
import { readIntroduction, withPart, withReference } from './resourcePage';
import { scopeTable } from './scopeTable';
import { whoMayWhat } from './whoMayWhat';

const CREDENTIALS = 'credentials.md';
const WHO_MAY_WHAT = join('..', 'hub-server', 'docs', 'who-may-what.md');
const OPERATION_SCOPES = join('..', 'hub-server', 'src', 'xero', 'identity', 'operationScopes.ts');
const folder = join(__dirname, '..', '..', 'documentation');

async function pages(): Promise<ReadonlyMap<string, string>> {
	const all = documentedResources();
	const written = new Map([['operations.md', operationMatrix(all)]]);
	for (const resource of all) {
		const file = join('resources', `${resource.value}.md`);
		const before = read(file) ?? `# ${resource.name}\n`;
		written.set(file, withReference(before, resourceReference(resource)));
	}
	written.set(CREDENTIALS, withPart(read(CREDENTIALS) ?? '', 'scopes', scopeTable(all)));
	written.set(WHO_MAY_WHAT, whoMayWhat());
	written.set(OPERATION_SCOPES, operationScopes(all));
	const options = (await resolveConfig(join(folder, 'operations.md'))) ?? {};
	const formatted = await Promise.all(
		[...written].map(
			async ([file, text]) =>
				[
					file,
					await format(text, {
						...options,
						parser: file.endsWith('.ts') ? 'typescript' : 'markdown',
					}),
				] as const,
		),
	);
	return new Map(formatted);
}

function read(file: string): string | undefined {
	const path = join(folder, file);
	return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

async function main(): Promise<void> {
	const isCheck = process.argv.includes('--check');
	mkdirSync(join(folder, 'resources'), { recursive: true });
	const faults: string[] = [];
	for (const [file, text] of await pages()) {
		if (isCheck && read(file) !== text) faults.push(`documentation/${file}: run npm run docs`);
		if (isCheck && file.startsWith('resources') && readIntroduction(text) === '') {
			faults.push(`documentation/${file}: write what the resource is, above the operations`);
		}
		if (!isCheck) writeFileSync(join(folder, file), text);
	}
	if (faults.length === 0) return;
	process.stderr.write(`${faults.join('\n')}\n`);
	process.exitCode = 1;
}

void main();
