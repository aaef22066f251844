import type { INodePropertyOptions } from 'n8n-workflow';

import { scopeFields } from '../../credentials/scopeFields';
import type { DocumentedOperation, DocumentedResource } from './operationTable';
import { table } from './table';

/** Which scope opens which operations, and what the credential calls it. */
export function scopeTable(all: readonly DocumentedResource[]): string {
	const scopes = [...new Set(all.flatMap(({ operations }) => operations.flatMap(scopesOf)))];
	const rows = scopes.sort().map((scope) => {
		const opened = all.flatMap((resource) => openedBy(scope, resource));
		const reading = areas.has(`${scope}.read`) ? `\`${scope}.read\`` : '';
		const area = (areas.get(scope) ?? '').replace(/: Read and Write$/, '');
		return [opened.join('; '), area, `\`${scope}\``, reading];
	});
	return table(['Operations', 'Area of the credential', 'Scope', 'To read only'], rows);
}

/** What the credential offers to tick, by scope. */
const areas = new Map(
	(
		(scopeFields([]).find(({ name }) => name === 'areas')?.options ?? []) as INodePropertyOptions[]
	).map(({ name, value }) => [String(value), name]),
);

/** The one to read and write with stands for both. */
function scopesOf({ module: { request } }: DocumentedOperation): string[] {
	if (request?.scope === undefined) return [];
	const whole = request.scope.replace(/\.read$/, '');
	return [areas.has(whole) ? whole : request.scope];
}

/** A resource as a whole, or its operations where they need different scopes. */
function openedBy(scope: string, { name, operations }: DocumentedResource): string[] {
	const opened = operations.filter((operation) => scopesOf(operation).includes(scope));
	if (opened.length === 0) return [];
	const atXero = operations.filter(({ module: { hub } }) => hub === undefined);
	if (opened.length === atXero.length) return [name];
	return [`${name} (${opened.map((operation) => operation.name).join(', ')})`];
}
