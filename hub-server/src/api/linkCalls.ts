import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { unknownLink, type LinkChanges } from '../administration/linkChanges';
import { readLinkFile } from '../administration/linkFile';
import { InvalidRequestError, NotFoundError } from '../errors/requestErrors';
import { answerWith, defineCall, defineRawCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { KeyOrganisations } from '../http/KeyOrganisations';
import { exportLinks } from '../links/exportLinks';
import { LINKED_ENTITIES, type ExternalRecord, type Link } from '../links/Link';
import type { LinkStore } from '../links/LinkStore';
import { faultOfSystem, isLinkedEntity, MAX_EXTERNAL_ID, MAX_SYSTEM } from '../links/readLinkRows';
import { isGuid } from '../records/isGuid';
import { Page, pageOf } from './paging';
import { UNKNOWN } from './refusals';
import { time } from './times';

export interface LinkCallsDeps {
	readonly links: LinkStore;
	readonly linkChanges: LinkChanges;
}

/** In a path and a query, for no organisation. */
const NO_TENANT = '-';

const Fields = z
	.record(z.string(), z.unknown())
	.optional()
	.describe(
		'what the other system holds now, in Xero’s member names: both sides agree on it from now on',
	);

const XeroId = z.string().min(1).max(100).describe('of a tax rate its TaxType');

const LinkWish = z.object({ xeroId: XeroId, fields: Fields });

const Entity = z.enum(LINKED_ENTITIES);

const System = z
	.string()
	.trim()
	.min(1)
	.max(MAX_SYSTEM)
	.describe('the other system, as you name it, such as crm');

const NewLink = z.object({
	tenantId: z.guid('must be the id of an organisation').nullable(),
	system: System,
	entity: Entity,
	externalId: z.string().trim().min(1).max(MAX_EXTERNAL_ID),
	xeroId: XeroId,
	fields: Fields,
});

const LinkAnswer = z.object({
	tenantId: z.string().nullable().describe('null: of no organisation yet'),
	system: z.string(),
	entity: z.string(),
	externalId: z.string(),
	xeroId: z.string().nullable().describe('null while a push is about to make it'),
	state: z.enum(['claiming', 'linked', 'broken']),
	reason: z.string().nullable().describe('why it is broken, and what to do'),
	base: z
		.record(z.string(), z.object({ external: z.unknown(), xero: z.unknown() }))
		.nullable()
		.describe('what each side held when they last agreed, by member'),
	createdAt: time,
	updatedAt: time,
});

const LinkQuery = Page.extend({
	tenantId: z
		.string()
		.max(100)
		.optional()
		.describe(`${NO_TENANT} for links of no organisation yet`),
	system: z.string().max(MAX_SYSTEM).optional(),
	entity: Entity.optional(),
	xeroId: z.string().max(100).optional(),
	state: z.enum(['claiming', 'linked', 'broken']).optional(),
	search: z.string().min(1).max(MAX_EXTERNAL_ID).optional().describe('a part of the externalId'),
});

const Defaults = z.object({
	tenantId: z.string().max(100).optional().describe('of rows that name no organisation'),
	system: z.string().max(MAX_SYSTEM).optional(),
	entity: Entity.optional(),
});

const Text = z.string().max(1_000).nullish();

const WrittenLinks = z.union([
	z.string(),
	z.strictObject({
		links: z.array(
			z.strictObject({
				...{ tenantId: Text, system: Text, entity: Text, externalId: Text, xeroId: Text },
			}),
		),
	}),
]);

const ImportAnswer = z.object({
	made: z.number(),
	changed: z.number(),
	unchanged: z.number(),
	conflicts: z
		.array(z.object({ row: z.number(), reason: z.string() }))
		.describe('rows that were left alone'),
});

/** Some 40,000 rows. */
const IMPORT_BYTES = 5 * 1024 * 1024;

const PATH = '/api/v1/links/{tenantId}/{system}/{entity}/{externalId}';

const REFUSALS = {
	400: 'Not a link, or a record that Xero does not have',
	404: 'An organisation that is not connected',
	409: 'The record of Xero’s has a link of that system already: link_taken, with xeroId and externalId',
	429: 'The workspace has as many links as it may have; or one of Xero’s limits is used up, with Retry-After',
	503: 'Xero could not be asked whether it has the record',
} as const;

/** `/api/v1/links…`: which record of another system is which of Xero's. */
export function createLinkCalls({ links, linkChanges }: LinkCallsDeps) {
	return groupCalls('Links', [
		defineCall({
			method: 'get',
			path: '/api/v1/links',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'Lists links, newest first',
			query: LinkQuery,
			status: 200,
			answer: pageOf(LinkAnswer),
			async handle({ workspace, organisations, query: { cursor, limit, tenantId, ...filter } }) {
				const page = await links.list(
					workspace.id,
					{ ...filter, ...askedTenant(tenantId, organisations) },
					{ cursor, limit },
				);
				return { items: page.items.map(showLink), nextCursor: page.nextCursor };
			},
		}),
		defineCall({
			method: 'put',
			path: '/api/v1/links',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Links a record, with everything in the body',
			body: NewLink,
			status: 200,
			answer: LinkAnswer,
			alsoAnswers: { 201: { when: 'It was not linked', answer: LinkAnswer } },
			refusals: REFUSALS,
			audit: 'link.set',
			async handle({ by, workspace, organisations, body: { xeroId, fields, ...record } }) {
				organisations.require(record.tenantId);
				requireSystem(record.system);
				const { isNew, link } = await linkChanges.put(by, workspace, record, { xeroId, fields });
				return isNew ? answerWith(201, showLink(link)) : showLink(link);
			},
		}),
		defineRawCall({
			method: 'get',
			path: '/api/v1/links/export',
			access: 'workspace',
			needs: { scope: 'read', organisations: 'narrowed' },
			summary: 'All links as CSV, as an import takes them',
			query: LinkQuery.omit({ cursor: true, limit: true }),
			status: 200,
			answer: 'text/csv',
			async respond(
				_request,
				response,
				{ workspace, organisations, query: { tenantId, ...filter } },
			) {
				response.type('text/csv').attachment('links.csv');
				const asked = { ...filter, ...askedTenant(tenantId, organisations) };
				await pipeline(exportLinks(links, workspace.id, asked), response);
			},
		}),
		defineCall({
			method: 'post',
			path: '/api/v1/links/import',
			access: 'workspace',
			needs: { scope: 'write', organisations: 'narrowed' },
			summary: 'Links many records, from CSV or JSON',
			description:
				'CSV (`Content-Type: text/csv`) with a first row `tenantId,system,entity,externalId,xeroId`, or JSON `{links: […]}` of the same members; tenantId may be left out, for links of no organisation yet. A file with a row that cannot be read is refused as a whole, and its rows are named. Importing it again changes nothing.',
			query: Defaults,
			body: WrittenLinks,
			mostBytes: IMPORT_BYTES,
			status: 200,
			answer: ImportAnswer,
			refusals: {
				400: 'Rows that cannot be read: nothing is linked',
				413: 'More than 5 MB',
				429: 'The workspace would have more links than it may have: nothing is linked',
			},
			audit: 'links.imported',
			async handle({ by, workspace, organisations, query, body }) {
				const rows = readLinkFile(typeof body === 'string' ? body : body.links, query);
				for (const { record } of rows) organisations.require(record.tenantId);
				return linkChanges.import(by, workspace, rows);
			},
		}),
		defineCall({
			method: 'get',
			path: PATH,
			access: 'workspace',
			needs: { scope: 'read', organisations: 'path' },
			summary: 'One link',
			description: `tenantId is ${NO_TENANT} for a link of no organisation yet.`,
			status: 200,
			answer: LinkAnswer,
			refusals: UNKNOWN,
			async handle({ workspace, params }) {
				const record = readPlace(params);
				const [link] = await links.findMany(workspace.id, [record]);
				if (link === undefined) throw unknownLink(record);
				return showLink(link);
			},
		}),
		defineCall({
			method: 'put',
			path: PATH,
			access: 'workspace',
			needs: { scope: 'write', organisations: 'path' },
			summary: 'Links a record of another system to one of Xero’s',
			description: `A workflow from Xero to the other system ends with it, and says in fields what that system holds now. tenantId is ${NO_TENANT} for a link of no organisation yet.`,
			body: LinkWish,
			status: 200,
			answer: LinkAnswer,
			alsoAnswers: { 201: { when: 'It was not linked', answer: LinkAnswer } },
			refusals: REFUSALS,
			audit: 'link.set',
			async handle({ by, workspace, params, body }) {
				const record = readPlace(params);
				requireSystem(record.system);
				const { isNew, link } = await linkChanges.put(by, workspace, record, body);
				return isNew ? answerWith(201, showLink(link)) : showLink(link);
			},
		}),
		defineCall({
			method: 'delete',
			path: PATH,
			access: 'workspace',
			needs: { scope: 'write', organisations: 'path' },
			summary: 'Removes a link; both records stay as they are',
			status: 204,
			refusals: UNKNOWN,
			audit: 'link.removed',
			handle: ({ by, workspace, params }) => linkChanges.remove(by, workspace, readPlace(params)),
		}),
	]);
}

/** What a list is about. @throws InvalidRequestError, OrganisationNotAllowedError */
function askedTenant(text: string | undefined, organisations: KeyOrganisations) {
	if (text === undefined) return organisations.narrow();
	const tenantId = readTenant(text);
	return { tenantId, ...organisations.narrow(tenantId) };
}

/** @throws InvalidRequestError */
function readTenant(text: string): string | null {
	if (text === NO_TENANT) return null;
	if (isGuid(text)) return text;
	throw new InvalidRequestError(
		`tenantId: must be the id of an organisation, or ${NO_TENANT} for none`,
	);
}

/** @throws NotFoundError */
function readPlace(params: {
	readonly tenantId: string;
	readonly system: string;
	readonly entity: string;
	readonly externalId: string;
}): ExternalRecord {
	const { system, entity, externalId } = params;
	if (!isLinkedEntity(entity)) {
		throw new NotFoundError(
			`"${entity}" cannot be linked: it must be one of ${LINKED_ENTITIES.join(', ')}.`,
		);
	}
	if (externalId.length > MAX_EXTERNAL_ID || system.length > MAX_SYSTEM) {
		throw new InvalidRequestError(
			`A system may have ${MAX_SYSTEM} characters at most, and an externalId ${MAX_EXTERNAL_ID}.`,
		);
	}
	return { tenantId: readTenant(params.tenantId), system, entity, externalId };
}

/** @throws InvalidRequestError */
function requireSystem(system: string): void {
	const fault = faultOfSystem(system);
	if (fault !== undefined) throw new InvalidRequestError(fault);
}

function showLink({ tenantId, system, entity, externalId, xeroId, state, reason, ...link }: Link) {
	return {
		...{ tenantId, system, entity, externalId, xeroId, state, reason },
		base: link.base,
		createdAt: new Date(link.createdAt).toISOString(),
		updatedAt: new Date(link.updatedAt).toISOString(),
	};
}
