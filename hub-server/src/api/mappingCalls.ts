import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { MappingChanges, NumberedWish } from '../administration/mappingChanges';
import { MAPPING_KINDS, type MappingKind } from '../database/tables';
import { InvalidRequestError } from '../errors/requestErrors';
import { ConnectionOffError, UnknownTenantError } from '../errors/syncErrors';
import { defineCall, defineRawCall } from '../http/defineCall';
import { groupCalls } from '../http/HttpCall';
import type { Chart } from '../mapping/chart';
import { isListed, labelOf, type ChartValue } from '../mapping/ChartValue';
import { ACCOUNT_LENGTHS, NEW_ACCOUNT_TYPES } from '../mapping/createAccount';
import { MAX_KEY, MAX_SYSTEM, readMappingCsv, writeMappingCsv } from '../mapping/mappingCsv';
import type { ResolveMappings } from '../mapping/Mapping';
import { ANY_SYSTEM, type MappingStore, type StoredMapping } from '../mapping/mappingStore';
import { suggestValues } from '../mapping/suggestValues';
import type { UnmappedValues } from '../mapping/unmappedValues';
import { connectionName } from '../xero/connections/connectionName';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import { Page, pageOf } from './paging';
import { time } from './times';

export interface MappingCallsDeps {
	readonly mappings: Pick<MappingStore, 'list'>;
	readonly unmapped: Pick<UnmappedValues, 'list'>;
	readonly chart: Pick<Chart, 'list' | 'search'>;
	readonly resolveMappings: ResolveMappings;
	readonly connections: Pick<ConnectionRows, 'findTenant'>;
	readonly mappingChanges: MappingChanges;
}

const Kind = z.enum(MAPPING_KINDS);

const System = z
	.string()
	.trim()
	.min(1)
	.max(MAX_SYSTEM)
	.default(ANY_SYSTEM)
	.describe('the other system, as you name it, such as crm; * for any');

const Key = z.string().trim().min(1).max(MAX_KEY).describe('as the other system says it');

const Direction = z
	.enum(['sales', 'purchases'])
	.optional()
	.describe('of a tax_rate that differs by it');

const Value = z
	.union([
		z.string().trim().min(1).max(150),
		z.strictObject({
			category: z.string().trim().min(1).max(100),
			option: z.string().trim().min(1).max(100),
		}),
	])
	.describe(
		'account and payment_account: Code or AccountID; tax_rate: TaxType; item: Code; tracking: {category, option}; contact: ContactID; currency: its code',
	);

const MappingAnswer = z.object({
	system: z.string(),
	kind: Kind,
	key: z.string(),
	value: Value,
	direction: z.enum(['sales', 'purchases']).nullable(),
	label: z.string().nullable().describe('Xero’s name of it'),
	state: z.enum(['ok', 'broken']),
	reason: z.string().nullable().describe('why it is broken, and what to do'),
	updatedAt: time,
});

const OneWish = z.object({ system: System, value: Value, direction: Direction });

/** A page of the largest import; each is looked up in what the organisation has. */
const MOST_WISHES = 500;

const ListedWish = z.strictObject({
	...{ system: System, key: Key, value: Value, direction: Direction },
});

const ManyWishes = z.object({ mappings: z.array(ListedWish).min(1).max(MOST_WISHES) });

const ListQuery = Page.extend({
	system: z.string().max(MAX_SYSTEM).optional(),
	state: z.enum(['ok', 'broken']).optional(),
	search: z.string().min(1).max(MAX_KEY).optional().describe('a part of the key or of the label'),
});

const UnmappedQuery = Page.extend({
	kind: Kind.optional(),
	system: z.string().max(MAX_SYSTEM).optional(),
});

const UnmappedAnswer = z.object({
	kind: Kind,
	key: z.string(),
	direction: z.enum(['sales', 'purchases']).nullable(),
	system: z.string(),
	times: z.number().describe('how often it was asked for'),
	where: z.string().nullable().describe('where it stood last, such as "invoice 1042, line 2"'),
	firstSeenAt: time,
	seenAt: time,
});

const MOST_IMPORTED = 2_000;

const IMPORT_BYTES = 1024 * 1024;

const Import = z.union([
	z.string(),
	z.strictObject({
		mappings: z
			.array(
				z.strictObject({
					...{ kind: Kind, system: System, key: Key, value: Value, direction: Direction },
				}),
			)
			.max(MOST_IMPORTED),
	}),
]);

const MOST_RESOLVED = 2_000;

const Resolve = z.object({
	system: z.string().trim().min(1).max(MAX_SYSTEM),
	values: z
		.array(
			z.strictObject({
				kind: Kind,
				key: Key,
				direction: Direction.describe('of the document: sales or purchases'),
				where: z.string().max(500).optional().describe('for people: where it stands'),
			}),
		)
		.max(MOST_RESOLVED),
});

const ResolveAnswer = z.object({
	values: z.array(
		z.object({
			kind: Kind,
			key: z.string(),
			direction: z.enum(['sales', 'purchases']).optional(),
			state: z.enum(['ok', 'unmapped', 'broken']),
			value: Value.optional(),
			reason: z.string().optional(),
		}),
	),
});

const MOST_CHOICES = 200;

const ChoicesQuery = z.object({
	kind: Kind.default('account'),
	search: z.string().trim().max(MAX_KEY).optional().describe('items and contacts need it'),
	direction: Direction.describe('what suits it first; of tax rates nothing else'),
	key: z
		.string()
		.trim()
		.max(MAX_KEY)
		.optional()
		.describe('of the other system: what it most likely is'),
	limit: z.coerce.number().int().min(1).max(MOST_CHOICES).default(50),
});

const Choice = z.object({
	value: Value,
	label: z.string(),
	group: z.string().describe('such as Revenue'),
});

const Copy = z.object({
	fromTenantId: z.guid('must be the id of an organisation'),
	system: z.string().max(MAX_SYSTEM).optional().describe('only those of that system'),
	skipMissing: z
		.boolean()
		.default(false)
		.describe('whether the rest is copied where the organisation has not everything'),
});

const NewAccount = z.object({
	code: z.string().trim().min(1).max(ACCOUNT_LENGTHS.code),
	name: z.string().trim().min(1).max(ACCOUNT_LENGTHS.name),
	type: z.enum(NEW_ACCOUNT_TYPES),
	taxType: z.string().trim().min(1).max(50).optional(),
	takesPayments: z.boolean().optional().describe('Xero: EnablePaymentsToAccount'),
	mapping: z
		.strictObject({
			system: System,
			kind: z.enum(['account', 'payment_account']).default('account'),
			key: Key,
		})
		.optional()
		.describe('what is mapped to it'),
});

const AT = '/api/v1/mappings/{tenantId}';

const OF_A_KIND = { kind: MAPPING_KINDS } as const;

const REFUSALS = {
	400: 'Something that the organisation does not have: the nearest is named, and nothing is saved',
	404: 'An organisation that is not connected',
	409: 'The organisation is switched off, or a person must reconnect',
	429: 'The organisation has as many mappings as it may have',
	503: 'Xero cannot be asked now',
} as const;

const UNCONNECTED = { 404: 'An organisation that is not connected' } as const;

/** `/api/v1/mappings/…`: which value of another system is which of Xero's. */
export function createMappingCalls(deps: MappingCallsDeps) {
	const { mappings, unmapped, chart, connections, mappingChanges } = deps;

	async function reach(workspaceId: string, tenant: string) {
		const connection = await connections.findTenant(workspaceId, tenant);
		if (connection === undefined) throw new UnknownTenantError(tenant);
		return connection;
	}

	return groupCalls('Mappings', [
		defineCall({
			method: 'get',
			path: `${AT}/unmapped`,
			access: 'workspace',
			needs: { scope: 'read', organisations: 'path' },
			summary:
				'Values that pushes and workflows asked for and that nobody has mapped, newest first',
			query: UnmappedQuery,
			status: 200,
			answer: pageOf(UnmappedAnswer),
			refusals: UNCONNECTED,
			async handle({ workspace, params, query: { kind, system, ...page } }) {
				const { tenantId } = await reach(workspace.id, params.tenantId);
				const of = { workspaceId: workspace.id, tenantId };
				const { items, nextCursor } = await unmapped.list(of, { kind, system }, page);
				return {
					items: items.map(({ kind, key, direction, system, times, where, ...at }) => ({
						...{ kind, key, direction: direction ?? null, system, times, where },
						firstSeenAt: new Date(at.firstSeenAt).toISOString(),
						seenAt: new Date(at.seenAt).toISOString(),
					})),
					nextCursor,
				};
			},
		}),
		defineCall({
			method: 'get',
			path: `${AT}/choices`,
			access: 'workspace',
			needs: { scope: 'read', organisations: 'path' },
			summary: 'What the organisation has to map to, live',
			description:
				'Only what can be used: active accounts, tax rates that the direction allows, accounts that take payments. Items and contacts are searched at Xero.',
			query: ChoicesQuery,
			status: 200,
			answer: z.object({
				suggestions: z.array(
					Choice.extend({ because: z.enum(['code', 'name', 'alike', 'rate', 'usual']) }),
				),
				items: z.array(Choice),
			}),
			refusals: { ...UNCONNECTED, 409: REFUSALS[409], 503: REFUSALS[503] },
			async handle({ workspace, params, query }) {
				const { kind, search, direction, key, limit } = query;
				const connection = await reach(workspace.id, params.tenantId);
				if (!connection.enabled) throw new ConnectionOffError(connectionName(connection));
				const of = { ...connection, workspaceId: workspace.id };
				const text = search ?? key ?? '';
				const values = isListed(kind)
					? await chart.list(of, kind, 'recent')
					: text === ''
						? []
						: await chart.search(of, kind, text, limit);
				const usable = values.filter((value) => isChoice(value, search, direction));
				const suggestions =
					key === undefined ? [] : suggestValues({ kind, key, direction }, values);
				return {
					suggestions: suggestions.map(({ value, because }) => ({ ...showChoice(value), because })),
					items: usable.slice(0, limit).map(showChoice),
				};
			},
		}),
		defineRawCall({
			method: 'get',
			path: `${AT}/export`,
			access: 'workspace',
			needs: { scope: 'read', organisations: 'path' },
			summary: 'The mappings as CSV, which an import reads',
			query: z.object({ kind: Kind.optional(), system: z.string().max(MAX_SYSTEM).optional() }),
			status: 200,
			answer: 'text/csv',
			refusals: UNCONNECTED,
			async respond(_request, response, { workspace, params, query }) {
				const { tenantId } = await reach(workspace.id, params.tenantId);
				response.status(200).type('text/csv').attachment('mappings.csv');
				await pipeline(exportMappings(mappings, workspace.id, tenantId, query), response);
			},
		}),
		defineCall({
			method: 'post',
			path: `${AT}/import`,
			access: 'workspace',
			needs: { scope: 'write', organisations: 'path' },
			summary: 'Sets mappings from CSV (Content-Type: text/csv) or JSON',
			description: `All rows, or none. The columns are those of the export; label is passed over. At most ${MOST_IMPORTED} rows and 1 MB.`,
			body: Import,
			mostBytes: IMPORT_BYTES,
			status: 200,
			answer: z.object({ saved: z.number() }),
			refusals: { ...REFUSALS, 413: 'More than 1 MB' },
			audit: 'mappings.imported',
			async handle({ by, workspace, params, body }) {
				const wishes =
					typeof body === 'string'
						? readRows(body)
						: body.mappings.map((wish, index) => ({ place: `mappings.${index}`, wish }));
				const saved = await mappingChanges.put(
					by,
					workspace,
					params.tenantId,
					requireShapes(wishes),
				);
				return { saved: saved.length };
			},
		}),
		defineCall({
			method: 'post',
			path: `${AT}/copy`,
			access: 'workspace',
			needs: { scope: 'write', organisations: 'path' },
			summary: 'Copies the mappings of another organisation, by what both call things',
			description: 'Contacts are left out. What is mapped already is mapped anew.',
			body: Copy,
			status: 200,
			answer: z.object({ copied: z.number(), missing: z.array(z.string()) }),
			refusals: REFUSALS,
			audit: 'mappings.copied',
			async handle({ by, workspace, organisations, params, body: { fromTenantId, ...from } }) {
				organisations.require(fromTenantId);
				const source = { ...from, tenantId: fromTenantId };
				return mappingChanges.copy(by, workspace, params.tenantId, source);
			},
		}),
		defineCall({
			method: 'post',
			path: `${AT}/resolve`,
			access: 'workspace',
			needs: { scope: 'read', organisations: 'path' },
			summary: 'Says what values are in Xero, before anything is sent',
			description:
				'In the order asked. The exact system beats *, and a link beats a mapping of a contact. What is not mapped is remembered for the mapping page.',
			body: Resolve,
			status: 200,
			answer: ResolveAnswer,
			refusals: UNCONNECTED,
			async handle({ workspace, params, body: { system, values } }) {
				const { tenantId } = await reach(workspace.id, params.tenantId);
				const scope = { workspaceId: workspace.id, tenantId, system };
				const resolved = await deps.resolveMappings(scope, values);
				return {
					values: values.map(({ kind, key, direction }, at) => ({
						...{ kind, key },
						...(direction !== undefined && { direction }),
						...(resolved[at] ?? { state: 'unmapped' as const }),
					})),
				};
			},
		}),
		defineCall({
			method: 'post',
			path: `${AT}/accounts`,
			access: 'workspace',
			needs: { scope: 'write', organisations: 'path' },
			summary: 'Makes an account in Xero, and maps a value to it',
			description:
				'Nothing else makes accounts. One that is there with that code and name is answered as it is.',
			body: NewAccount,
			status: 200,
			answer: z.object({ isNew: z.boolean(), code: z.string(), label: z.string() }),
			refusals: { ...REFUSALS, 409: 'The code is another account’s' },
			audit: 'mapping.account_created',
			handle: ({ by, workspace, params, body: { mapping, ...account } }) =>
				mappingChanges.createAccount(by, workspace, params.tenantId, account, mapping),
		}),
		defineCall({
			method: 'get',
			path: `${AT}/{kind}`,
			oneOf: OF_A_KIND,
			access: 'workspace',
			needs: { scope: 'read', organisations: 'path' },
			summary: 'The mappings of one kind, newest first',
			query: ListQuery,
			status: 200,
			answer: pageOf(MappingAnswer),
			refusals: UNCONNECTED,
			async handle({ workspace, params, query: { system, state, search, ...page } }) {
				const { tenantId } = await reach(workspace.id, params.tenantId);
				const of = { workspaceId: workspace.id, tenantId };
				const filter = { kind: readKind(params.kind), system, state, search };
				const { items, nextCursor } = await mappings.list(of, filter, page);
				return { items: items.map(showMapping), nextCursor };
			},
		}),
		defineCall({
			method: 'put',
			path: `${AT}/{kind}`,
			oneOf: OF_A_KIND,
			access: 'workspace',
			needs: { scope: 'write', organisations: 'path' },
			summary: 'Sets mappings of one kind',
			description: `Those that are named are made or changed, at most ${MOST_WISHES}, all or none; others stay.`,
			body: ManyWishes,
			status: 200,
			answer: z.object({ items: z.array(MappingAnswer) }),
			refusals: REFUSALS,
			audit: 'mappings.saved',
			async handle({ by, workspace, params, body }) {
				const kind = readKind(params.kind);
				const wishes = body.mappings.map((wish, index) => ({
					place: `mappings.${index}.value`,
					wish: { ...wish, kind },
				}));
				const saved = await mappingChanges.put(
					by,
					workspace,
					params.tenantId,
					requireShapes(wishes),
				);
				return { items: saved.map(showMapping) };
			},
		}),
		defineCall({
			method: 'put',
			path: `${AT}/{kind}/{key}`,
			oneOf: OF_A_KIND,
			access: 'workspace',
			needs: { scope: 'write', organisations: 'path' },
			summary: 'Maps one value',
			body: OneWish,
			status: 200,
			answer: MappingAnswer,
			refusals: REFUSALS,
			audit: 'mapping.saved',
			async handle({ by, workspace, params, body }) {
				const wish = { ...body, kind: readKind(params.kind), key: readKey(params.key) };
				const wishes = requireShapes([{ place: 'value', wish }]);
				const [saved] = await mappingChanges.put(by, workspace, params.tenantId, wishes);
				return showMapping(saved as StoredMapping);
			},
		}),
		defineCall({
			method: 'delete',
			path: `${AT}/{kind}/{key}`,
			oneOf: OF_A_KIND,
			access: 'workspace',
			needs: { scope: 'write', organisations: 'path' },
			summary: 'Removes one mapping',
			query: z.object({ system: System, direction: Direction }),
			status: 204,
			refusals: { 404: 'An organisation that is not connected, or no such mapping' },
			audit: 'mapping.removed',
			handle: ({ by, workspace, params, query }) =>
				mappingChanges.remove(by, workspace, params.tenantId, {
					...query,
					...{ kind: readKind(params.kind), key: readKey(params.key) },
				}),
		}),
	]);
}

/** The path was taken by one of them. */
function readKind(text: string): MappingKind {
	return Kind.parse(text);
}

/** @throws InvalidRequestError */
function readKey(text: string): string {
	const key = text.trim();
	if (key === '' || key.length > MAX_KEY) {
		throw new InvalidRequestError(`key: must have 1 to ${MAX_KEY} characters`);
	}
	return key;
}

/** @throws InvalidRequestError where the value, or the direction, is none of its kind */
function requireShapes(wishes: readonly NumberedWish[]): readonly NumberedWish[] {
	for (const { place, wish } of wishes) {
		const isText = typeof wish.value === 'string';
		if (wish.kind === 'tracking' && isText) {
			throw new InvalidRequestError(`${place}: must be {category, option}`);
		}
		if (wish.kind !== 'tracking' && !isText)
			throw new InvalidRequestError(`${place}: must be a text`);
		if (wish.direction !== undefined && wish.kind !== 'tax_rate') {
			throw new InvalidRequestError(`${place}: only a tax_rate has a direction`);
		}
	}
	return wishes;
}

/** Told of a file that cannot be read. */
const FAULTS_TOLD = 20;

/** @throws InvalidRequestError that names the rows */
function readRows(text: string): readonly NumberedWish[] {
	const { rows, faults } = readMappingCsv(text);
	if (faults.length > 0) {
		const told = faults.slice(0, FAULTS_TOLD).map(({ row, reason }) => `row ${row}: ${reason}`);
		const more = faults.length - told.length;
		throw new InvalidRequestError(
			[...told, ...(more > 0 ? [`and ${more} rows more`] : [])].join(' '),
		);
	}
	if (rows.length > MOST_IMPORTED) {
		throw new InvalidRequestError(`A file may have ${MOST_IMPORTED} rows at most. Split it.`);
	}
	return rows.map(({ row, wish }) => ({ place: `row ${row}`, wish }));
}

const EXPORTED_AT_A_TIME = 200;

async function* exportMappings(
	mappings: Pick<MappingStore, 'list'>,
	workspaceId: string,
	tenantId: string,
	filter: Parameters<MappingStore['list']>[1],
): AsyncGenerator<string> {
	let cursor: string | undefined;
	let withHead = true;
	do {
		const page = await mappings.list({ workspaceId, tenantId }, filter, {
			...{ cursor, limit: EXPORTED_AT_A_TIME },
		});
		yield writeMappingCsv(page.items, { withHead });
		withHead = false;
		cursor = page.nextCursor ?? undefined;
	} while (cursor !== undefined);
}

function isChoice(
	value: ChartValue,
	search: string | undefined,
	direction: 'sales' | 'purchases' | undefined,
): boolean {
	if (value.trouble !== null) return false;
	if (value.kind === 'tax_rate' && direction !== undefined && !value.suits[direction]) return false;
	return (
		search === undefined ||
		!isListed(value.kind) ||
		`${value.group} ${labelOf(value)}`.toLowerCase().includes(search.toLowerCase())
	);
}

function showChoice(one: ChartValue) {
	return { value: one.value, label: labelOf(one), group: one.group };
}

function showMapping({
	system,
	kind,
	key,
	value,
	label,
	state,
	reason,
	...mapping
}: StoredMapping) {
	return {
		...{ system, kind, key, value, direction: mapping.direction ?? null, label, state, reason },
		updatedAt: new Date(mapping.updatedAt).toISOString(),
	};
}
