import { createWriteStream } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { LinkChanges, LinkImport } from '../administration/linkChanges';
import { readLinkFile } from '../administration/linkFile';
import type { LinkMigrationChanges } from '../administration/linkMigrationChanges';
import { InvalidRequestError } from '../errors/requestErrors';
import { exportLinks } from '../links/exportLinks';
import { LINKED_ENTITIES, type LinkedEntity } from '../links/Link';
import type { LinkMigration, LinkMigrations } from '../links/linkMigrations';
import type { LinkStore } from '../links/LinkStore';
import { isLinkedEntity, type WrittenLink } from '../links/readLinkRows';
import type { Workspace } from '../workspaces/workspaceStore';
import { COMMAND_LINE } from './openAdministration';

type Print = (line: string) => void;

/** Conflicts that a terminal shows; the API has a thousand. */
const CONFLICTS_TOLD = 20;

const FileOfLinks = z.object({
	links: z.array(z.record(z.string(), z.string().nullish())),
});

export interface ImportOptions {
	readonly organisation?: string;
	readonly system?: string;
	readonly entity?: string;
}

/** Links what a CSV or JSON file says. */
export async function importLinks(
	{ linkChanges }: { readonly linkChanges: LinkChanges },
	workspace: Workspace,
	file: string,
	{ organisation: tenantId, system, entity }: ImportOptions,
	print: Print,
): Promise<LinkImport> {
	const text = await readFile(file, 'utf8');
	const rows = readLinkFile(file.endsWith('.json') ? linksOf(text) : text, {
		...{ tenantId, system, entity },
	});
	const imported = await linkChanges.import(COMMAND_LINE, workspace, rows);
	const { made, changed, unchanged, conflicts } = imported;
	print(`${made} links made, ${changed} changed, ${unchanged} as they were.`);
	for (const { row, reason } of conflicts) print(`Row ${row} was left alone: ${reason}`);
	return imported;
}

/** All links as CSV, as an import takes them. */
export async function exportLinksTo(
	{ links }: { readonly links: Pick<LinkStore, 'list'> },
	{ id }: Pick<Workspace, 'id'>,
	file: string | undefined,
	print: Print,
): Promise<{ readonly file: string } | { readonly csv: string }> {
	const parts = exportLinks(links, id, {});
	if (file === undefined) {
		const lines: string[] = [];
		for await (const part of parts) lines.push(...linesOf(part));
		for (const line of lines) print(line);
		return { csv: lines.join('\r\n') };
	}
	// Under another name until it is whole: a file that is there is a good one.
	const part = `${file}.part`;
	await pipeline(Readable.from(parts), createWriteStream(part, { mode: 0o600 }));
	await rename(part, file);
	print(`Exported to ${file}.`);
	return { file };
}

export interface MigrateOptions {
	readonly to: string;
	readonly system?: string;
	readonly entity?: string;
	readonly dryRun?: boolean;
}

/** Gives links of no organisation this one, as far as it goes at once; a running hub goes on with what is left. */
export async function migrateLinks(
	deps: {
		readonly linkMigrationChanges: LinkMigrationChanges;
		readonly linkMigrations: Pick<LinkMigrations, 'get' | 'step'>;
	},
	workspace: Workspace,
	{ to: toTenantId, system, entity, dryRun = false }: MigrateOptions,
	print: Print,
): Promise<LinkMigration> {
	const { linkMigrationChanges, linkMigrations } = deps;
	const { id } = await linkMigrationChanges.start(COMMAND_LINE, workspace, {
		...{ toTenantId, system, dryRun },
		...(entity !== undefined && { entity: entityOf(entity) }),
	});
	while (await linkMigrations.step(id));
	const migration = await linkMigrations.get(workspace.id, id);
	for (const line of tell(migration)) print(line);
	return migration;
}

/** Takes the links of a migration back out of their organisation. */
export async function revertMigration(
	{ linkMigrationChanges }: { readonly linkMigrationChanges: LinkMigrationChanges },
	workspace: Workspace,
	id: string,
	print: Print,
): Promise<void> {
	await linkMigrationChanges.revert(COMMAND_LINE, workspace, id);
	print('Its links belong to no organisation again. No record was changed.');
}

function tell(migration: LinkMigration): readonly string[] {
	const { id, dryRun, status, counts, conflicts, calls, error } = migration;
	const more = conflicts.length - CONFLICTS_TOLD;
	return [
		dryRun ? 'Nothing was changed. A migration would do this:' : `Migration ${id}:`,
		`  links     ${counts.links}`,
		`  found     ${counts.found}`,
		`  missing   ${counts.missing}`,
		...(dryRun ? [`  unknown   ${counts.unknown}`] : []),
		`  conflicts ${conflicts.length}`,
		`  calls     ${calls}`,
		...conflicts
			.slice(0, CONFLICTS_TOLD)
			.map(({ entity, externalId, reason }) => `${entity} ${externalId}: ${reason}`),
		...(more > 0 ? [`And ${more} conflicts more.`] : []),
		...(status === 'running'
			? [`It is not over${error === null ? '' : `: ${error}`}. It goes on while the hub runs.`]
			: []),
	];
}

/** @throws InvalidRequestError */
function linksOf(text: string): readonly WrittenLink[] {
	try {
		return FileOfLinks.parse(JSON.parse(text)).links;
	} catch {
		throw new InvalidRequestError('The file is no JSON of the form {"links": [{…}]}.');
	}
}

/** @throws InvalidRequestError */
function entityOf(text: string): LinkedEntity {
	if (isLinkedEntity(text)) return text;
	throw new InvalidRequestError(
		`"${text}" is no entity: it must be one of ${LINKED_ENTITIES.join(', ')}.`,
	);
}

function linesOf(text: string): readonly string[] {
	return text === '' ? [] : text.replace(/\r\n$/, '').split('\r\n');
}
