import express, { Router, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { HubError } from '../../errors/HubError';
import { LINKED_ENTITIES, type Link, type LinkedEntity } from '../../links/Link';
import type { LinkMigration } from '../../links/linkMigrations';
import type { LinkFilter } from '../../links/LinkStore';
import { isLinkedEntity, readLinkCsv, type RowFault } from '../../links/readLinkRows';
import { isGuid } from '../../records/isGuid';
import { connectionName } from '../../xero/connections/connectionName';
import type { Connection } from '../../xero/connections/connectionRows';
import { askFirst, isConfirmed } from '../show/askFirst';
import { PAGE_ROWS } from '../show/pageRows';
import { EMPTY_FORM, readForm, typedValues, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace, visitOf } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { xeroLink } from '../../records/xeroLink';
import { findRecordPages } from '../views/recordPages';
import type { WorkspacePages } from './workspacePages';

interface LinkFilterForm {
	readonly organisation: string;
	readonly system: string;
	readonly entity: string;
	readonly state: string;
	readonly q: string;
}

const linksPage = pageTemplate<{
	at: string;
	links: ReadonlyArray<{
		readonly link: Link;
		readonly organisation: string | null;
		readonly record: string | undefined;
		readonly inXero: string | undefined;
	}>;
	filter: LinkFilterForm;
	query: string;
	organisations: ReadonlyArray<readonly [id: string, name: string]>;
	entities: readonly string[];
	nextCursor: string | null;
	isFirstPage: boolean;
}>('links');

interface MigrationRow {
	readonly migration: LinkMigration;
	readonly organisation: string;
}

const migratePage = pageTemplate<{
	at: string;
	form: FormState;
	/** Rows of a file that were left alone, or cannot be read. */
	faults: readonly RowFault[];
	waiting: number;
	organisations: ReadonlyArray<readonly [id: string, name: string]>;
	entities: readonly string[];
	migrations: readonly MigrationRow[];
}>('migrate');

const TAB = 'links';

/** As many rows as a page tells of. */
const FAULTS_TOLD = 20;

const MIGRATIONS_TOLD = 10;

const MigrateForm = z.object({
	toTenantId: z.guid('must be chosen'),
	entity: z.union([z.literal(''), z.enum(LINKED_ENTITIES)]).default(''),
	act: z.enum(['try', 'migrate']),
});

type LinkPagesDeps = Pick<
	WorkspacePages,
	| 'connections'
	| 'knownRecords'
	| 'recordLinks'
	| 'linkChanges'
	| 'linkMigrations'
	| 'linkMigrationChanges'
>;

/** `/w/{slug}/links…`: which record of another system is which of Xero's, and how links get an organisation. */
export function createLinkPages(pages: LinkPagesDeps): Router {
	const {
		connections,
		knownRecords,
		recordLinks: links,
		linkChanges,
		linkMigrations,
		linkMigrationChanges,
	} = pages;
	const routes = Router();

	routes.get('/links', async (request, response) => {
		const workspace = pageWorkspace(response);
		const held = await connections.list(workspace.id);
		const filter = readFilter(request.query);
		const { cursor } = request.query;
		const page = await links.list(workspace.id, toFilter(filter), {
			cursor: typeof cursor === 'string' ? cursor : undefined,
			limit: PAGE_ROWS,
		});
		const recordPageOf = await findRecordPages(knownRecords, workspace, page.items);
		const at = `/w/${workspace.slug}`;
		showPage(
			response,
			linksPage,
			{ title: 'Links', tab: TAB, workspace },
			{
				...{ at, filter, entities: LINKED_ENTITIES, organisations: named(held) },
				query: new URLSearchParams(
					Object.entries(filter).filter(([, text]) => text !== ''),
				).toString(),
				links: page.items.map((link) => {
					const { tenantId, entity, xeroId } = link;
					const connection = held.find((one) => one.tenantId === tenantId);
					return {
						link,
						organisation: connection ? connectionName(connection) : tenantId,
						record: recordPageOf(link),
						inXero: xeroId === null ? undefined : xeroLink(entity, xeroId, KIND[entity] ?? null),
					};
				}),
				nextCursor: page.nextCursor,
				isFirstPage: cursor === undefined,
			},
		);
	});

	routes.post('/links/remove', requirePermission('connect'), async (request, response) => {
		const workspace = pageWorkspace(response);
		const { tenantId, system, entity, externalId } = typedValues(request.body);
		if (!isLinkedEntity(entity ?? '')) return response.redirect(303, `/w/${workspace.slug}/links`);
		const record = {
			tenantId: tenantId || null,
			...{ system: system ?? '', entity: entity as LinkedEntity, externalId: externalId ?? '' },
		};
		if (!isConfirmed(request)) {
			return askFirst(
				response,
				{ tab: TAB, workspace },
				{
					title: `Remove the link of “${record.externalId}”?`,
					consequence:
						'Both records stay as they are. A push of it looks for the record in Xero again, and makes a new one where it finds none.',
					yes: 'Remove the link',
					back: `/w/${workspace.slug}/links`,
					fields: { ...record, tenantId: record.tenantId ?? '' },
				},
			);
		}
		await linkChanges.remove(actorOf(response), workspace, record);
		return response.redirect(303, `/w/${workspace.slug}/links?done=link_removed`);
	});

	async function showMigrate(
		response: Response,
		more: { readonly form?: FormState; readonly faults?: readonly RowFault[] } = {},
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const held = await connections.list(workspace.id);
		const { items } = await linkMigrations.list(workspace.id, { limit: MIGRATIONS_TOLD });
		const form = more.form ?? EMPTY_FORM;
		const hasFault = form.problem !== undefined || Object.keys(form.errors).length > 0;
		const status = hasFault ? 422 : 200;
		showPage(
			response,
			migratePage,
			{ title: 'Migrate', tab: TAB, workspace, status },
			{
				...{ at: `/w/${workspace.slug}`, form, entities: LINKED_ENTITIES },
				faults: more.faults ?? [],
				waiting: await links.count(workspace.id, { tenantId: null }),
				organisations: named(held),
				migrations: items.map((migration) => {
					const to = held.find(({ tenantId }) => tenantId === migration.toTenantId);
					return { migration, organisation: to ? connectionName(to) : migration.toTenantId };
				}),
			},
		);
	}

	routes.get('/links/migrate', (_request, response) => showMigrate(response));

	routes.post('/links/import', requirePermission('connect'), async (request, response) => {
		const workspace = pageWorkspace(response);
		const { csv = '', system = '' } = typedValues(request.body);
		const { rows, faults } = readLinkCsv(csv, { system: system.trim() || undefined });
		if (faults.length > 0) {
			const problem =
				'Nothing was imported, for rows cannot be read. Correct them and import again.';
			const form = { values: typedValues(request.body), errors: {}, problem };
			return showMigrate(response, { form, faults: faults.slice(0, FAULTS_TOLD) });
		}
		try {
			const { conflicts } = await linkChanges.import(actorOf(response), workspace, rows);
			if (conflicts.length > 0) {
				return await showMigrate(response, { faults: conflicts.slice(0, FAULTS_TOLD) });
			}
		} catch (cause) {
			return refuse(response, request.body, cause);
		}
		return response.redirect(303, `/w/${workspace.slug}/links/migrate?done=links_imported`);
	});

	routes.post('/links/migrate', requirePermission('connect'), async (request, response) => {
		const workspace = pageWorkspace(response);
		const read = readForm(request, MigrateForm);
		if (!read.ok) return showMigrate(response, { form: read.form });
		const { toTenantId, entity, act } = read.value;
		try {
			await linkMigrationChanges.start(actorOf(response), workspace, {
				toTenantId,
				...(entity !== '' && { entity }),
				dryRun: act === 'try',
			});
		} catch (cause) {
			return refuse(response, request.body, cause);
		}
		const done = act === 'try' ? 'links_tried' : 'links_migrating';
		return response.redirect(303, `/w/${workspace.slug}/links/migrate?done=${done}`);
	});

	routes.post(
		'/links/migrate/:id/revert',
		requirePermission('connect'),
		async (request, response) => {
			const workspace = pageWorkspace(response);
			const back = `/w/${workspace.slug}/links/migrate`;
			if (!isConfirmed(request)) {
				return askFirst(
					response,
					{ tab: TAB, workspace },
					{
						title: 'Take these links back?',
						consequence: 'They belong to no organisation then, as before. No record is changed.',
						yes: 'Take them back',
						back,
					},
				);
			}
			try {
				const id = String(request.params['id']);
				await linkMigrationChanges.revert(actorOf(response), workspace, id);
			} catch (cause) {
				return refuse(response, {}, cause);
			}
			return response.redirect(303, `${back}?done=links_reverted`);
		},
	);

	/** @throws what is no refusal */
	function refuse(response: Response, body: unknown, cause: unknown): Promise<void> {
		if (!(cause instanceof HubError) || cause.status >= 500) throw cause;
		const form = { values: typedValues(body), errors: {}, problem: cause.message };
		return showMigrate(response, { form });
	}
	return routes;
}

/** The form with a file of links is longer than others; of who is signed in only. */
export function readLongForm(): RequestHandler {
	const read = express.urlencoded({ extended: false, limit: LONGEST_FORM });
	return function longForm(request, response, next) {
		if (visitOf(response)?.user === undefined) next();
		else read(request, response, next);
	};
}

/** Of some 40,000 rows, whose line ends and commas a form spells with three characters. */
const LONGEST_FORM = '8mb';

/** What Xero's addresses tell sales and purchases apart by. */
const KIND: Readonly<Partial<Record<LinkedEntity, Readonly<Record<string, string>>>>> = {
	invoice: { Type: 'ACCREC' },
	bill: { Type: 'ACCPAY' },
};

function named(held: readonly Connection[]) {
	return held.map((connection) => [connection.tenantId, connectionName(connection)] as const);
}

function readFilter(query: Readonly<Record<string, unknown>>): LinkFilterForm {
	const of = (name: string) => {
		const text = query[name];
		return typeof text === 'string' ? text.slice(0, 200).trim() : '';
	};
	return {
		...{ organisation: of('organisation'), system: of('system'), entity: of('entity') },
		...{ state: of('state'), q: of('q') },
	};
}

function toFilter({ organisation, system, entity, state, q }: LinkFilterForm): LinkFilter {
	return {
		...(organisation !== '' && { tenantId: organisation === '-' ? null : organisation }),
		...(system !== '' && { system }),
		...(isLinkedEntity(entity) && { entity }),
		...((state === 'linked' || state === 'broken' || state === 'claiming') && { state }),
		...(q !== '' && (isGuid(q) ? { xeroId: q } : { search: q })),
	};
}
