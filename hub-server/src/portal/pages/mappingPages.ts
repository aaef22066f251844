import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { NumberedWish } from '../../administration/mappingChanges';
import { MAPPING_KINDS, type MappingKind } from '../../database/tables';
import { HubError } from '../../errors/HubError';
import { ConflictError, InvalidRequestError } from '../../errors/requestErrors';
import { NEW_ACCOUNT_TYPES, ACCOUNT_LENGTHS } from '../../mapping/createAccount';
import { isListed, labelOf, type ChartValue } from '../../mapping/ChartValue';
import { KIND_WORDS } from '../../mapping/kindWords';
import { MAX_KEY, MAX_SYSTEM, readMappingCsv, writeMappingCsv } from '../../mapping/mappingCsv';
import type { MappedValue } from '../../mapping/Mapping';
import { ANY_SYSTEM, type StoredMapping } from '../../mapping/mappingStore';
import type { UnmappedValue } from '../../mapping/unmappedValues';
import { connectionName } from '../../xero/connections/connectionName';
import type { Connection } from '../../xero/connections/connectionRows';
import type { Notice } from '../show/notices';
import { EMPTY_FORM, readForm, type FormState } from '../show/readForm';
import { pageTemplate, showPage } from '../show/showPage';
import { actorOf, pageWorkspace } from '../show/visit';
import { requirePermission } from '../show/visitors';
import { choiceList, choiceText, rowsAPage, type ChoiceList } from '../views/mappingView';
import type { WorkspacePages } from './workspacePages';

/** What a person has to do first. */
function firstOpen(counts: ReadonlyMap<MappingKind, number>): MappingKind {
	return MAPPING_KINDS.find((kind) => (counts.get(kind) ?? 0) > 0) ?? 'account';
}

interface KindTab {
	readonly kind: MappingKind;
	readonly label: string;
	readonly unmapped: number;
}

const mappingPage = pageTemplate<{
	base: string;
	at: string;
	organisation: { readonly id: string; readonly name: string; readonly enabled: boolean };
	organisations: readonly {
		readonly id: string;
		readonly name: string;
		readonly unmapped: number;
	}[];
	kinds: readonly KindTab[];
	kind: MappingKind;
	one: string;
	many: string;
	/** Of items and contacts nothing is listed: they are searched. */
	isSearched: boolean;
	unmapped: ReadonlyArray<UnmappedValue & { readonly choices: ChoiceList | undefined }>;
	unmappedCount: number;
	broken: ReadonlyArray<StoredMapping & { readonly choices: ChoiceList | undefined }>;
	brokenCount: number;
	mapped: readonly StoredMapping[];
	next: string | null;
	search: string;
	isLater: boolean;
	/** Pushes whose records wait for a mapping; undefined where there are none. */
	waiting: string | undefined;
	/** To map a value that nobody asked for yet. */
	choices: ChoiceList | undefined;
	accountTypes: readonly (readonly [string, string])[];
	/** Why Xero could not be asked. */
	silence: string | undefined;
	/** What was refused, and which part of the page it belongs to. */
	refused: { readonly part: string; readonly sentences: readonly string[] } | undefined;
	form: FormState;
}>('mapping');

const choosePage = pageTemplate<{
	at: string;
	organisation: string;
	kind: MappingKind;
	one: string;
	wanted: { readonly key: string; readonly system: string; readonly direction: string };
	isSearched: boolean;
	search: string;
	found: readonly { readonly value: string; readonly label: string }[] | undefined;
	choices: ChoiceList | undefined;
	current: string | undefined;
	refused: readonly string[];
}>('mappingChoice');

type MappingPagesDeps = Pick<
	WorkspacePages,
	'connections' | 'mappings' | 'unmapped' | 'chart' | 'mappingChanges' | 'pushes'
>;

const MAPPED_A_PAGE = 50;

/** More are on the next page, once these are mended. */
const BROKEN_A_PAGE = 25;

const FOUND_A_SEARCH = 25;

const Kind = z.enum(MAPPING_KINDS).catch('account');

const PageQuery = z.object({
	kind: z.enum(MAPPING_KINDS).optional().catch(undefined),
	search: z.string().trim().max(MAX_KEY).catch(''),
	after: z.string().max(100).optional().catch(undefined),
});

const Wanted = z.object({
	key: z.string().trim().min(1).max(MAX_KEY),
	system: z
		.string()
		.trim()
		.max(MAX_SYSTEM)
		.default(ANY_SYSTEM)
		.transform((system) => (system === '' ? ANY_SYSTEM : system)),
	direction: z
		.enum(['sales', 'purchases', ''])
		.default('')
		.transform((direction) => (direction === '' ? undefined : direction)),
});

const Value = z.union([
	z.string().trim().min(1).max(150),
	z.object({ category: z.string().max(100), option: z.string().max(100) }),
]);

const AccountForm = z.object({
	code: z.string().trim().min(1, 'is missing').max(ACCOUNT_LENGTHS.code),
	name: z.string().trim().min(1, 'is missing').max(ACCOUNT_LENGTHS.name),
	type: z.enum(NEW_ACCOUNT_TYPES),
	takesPayments: z
		.string()
		.optional()
		.transform((text) => text === 'yes'),
	mapKey: z.string().trim().max(MAX_KEY).optional(),
	mapSystem: z.string().trim().max(MAX_SYSTEM).optional(),
});

const TYPE_WORDS: Readonly<Record<(typeof NEW_ACCOUNT_TYPES)[number], string>> = {
	REVENUE: 'Revenue',
	SALES: 'Sales',
	OTHERINCOME: 'Other income',
	EXPENSE: 'Expense',
	OVERHEADS: 'Overhead',
	DIRECTCOSTS: 'Direct costs',
	CURRENT: 'Current asset',
	FIXED: 'Fixed asset',
	INVENTORY: 'Inventory',
	CURRLIAB: 'Current liability',
	LIABILITY: 'Liability',
	TERMLIAB: 'Non-current liability',
	EQUITY: 'Equity',
};

/** `/w/{slug}/mapping…`: which value of another system is which of Xero's, by organisation. */
export function createMappingPages(pages: MappingPagesDeps): Router {
	const { connections, mappings, unmapped, chart, mappingChanges, pushes } = pages;
	const routes = Router();
	const mayChange = requirePermission('connect');

	const baseOf = (response: Response) => `/w/${pageWorkspace(response).slug}/mapping`;
	const connectionOf = (request: Request, response: Response): Promise<Connection> =>
		connections.get(pageWorkspace(response).id, String(request.params['connection']));
	const chartOf = (connection: Connection) => ({
		workspaceId: connection.workspaceId,
		tenantId: connection.tenantId,
		grantId: connection.grantId,
	});

	/** The organisation's list, or why it cannot be had. */
	async function listOf(
		connection: Connection,
		kind: MappingKind,
	): Promise<{ readonly values: readonly ChartValue[]; readonly silence: string | undefined }> {
		if (!isListed(kind)) return { values: [], silence: undefined };
		if (!connection.enabled) return { values: [], silence: 'The organisation is switched off.' };
		try {
			return { values: await chart.list(chartOf(connection), kind, 'recent'), silence: undefined };
		} catch (cause) {
			if (cause instanceof HubError) return { values: [], silence: cause.message };
			throw cause;
		}
	}

	routes.get('/mapping', async (request, response) => {
		const workspaceId = pageWorkspace(response).id;
		const [held, counts] = await Promise.all([
			connections.list(workspaceId),
			unmapped.countByOrganisation(workspaceId),
		]);
		const asked = String(request.query['organisation'] ?? '');
		const countOf = (connection: Connection | undefined) =>
			counts.get(connection?.tenantId ?? '') ?? 0;
		// Whoever says no organisation means the one that waits for a person.
		const first =
			held.find(({ id, tenantId }) => id === asked || tenantId === asked) ??
			held.reduce<Connection | undefined>(
				(most, one) => (most === undefined || countOf(one) > countOf(most) ? one : most),
				undefined,
			);
		const { slug } = pageWorkspace(response);
		response.redirect(
			303,
			first === undefined ? `/w/${slug}/organisations` : `${baseOf(response)}/${first.id}`,
		);
	});

	async function showMapping(
		request: Request,
		response: Response,
		kindAsked?: MappingKind,
		refused?: { readonly part: string; readonly sentences: readonly string[] },
		form: FormState = EMPTY_FORM,
	): Promise<void> {
		const workspace = pageWorkspace(response);
		const connection = await connectionOf(request, response);
		const query = PageQuery.parse(request.query);
		const of = { workspaceId: workspace.id, tenantId: connection.tenantId };
		const search = query.search === '' ? undefined : query.search;
		const counts = await unmapped.count(of);
		const kind = kindAsked ?? query.kind ?? firstOpen(counts);
		const { values, silence } = await listOf(connection, kind);
		const rows = rowsAPage(values);
		const [held, countsOf, asked, waiting, broken, mapped] = await Promise.all([
			connections.list(workspace.id),
			unmapped.countByOrganisation(workspace.id),
			unmapped.most(of, { kind }, rows),
			pushes.list(workspace.id, { tenantId: of.tenantId, state: 'unmapped' }, { limit: 1 }),
			mappings.list(of, { kind, state: 'broken' }, { limit: BROKEN_A_PAGE }),
			mappings.list(
				of,
				{ kind, state: 'ok', search },
				{ cursor: query.after, limit: MAPPED_A_PAGE },
			),
		]);
		const { broken: brokenCount } = await mappings.count(of);
		const choicesOf = (
			wanted: Parameters<typeof choiceList>[0],
			current?: MappedValue,
		): ChoiceList | undefined =>
			values.length === 0 ? undefined : choiceList(wanted, values, current);
		const words = KIND_WORDS[kind];
		const name = connectionName(connection);
		showPage(
			response,
			mappingPage,
			{
				title: `Mapping of ${name}`,
				tab: 'mapping',
				workspace,
				...(refused !== undefined && { status: 422 }),
			},
			{
				base: `/w/${workspace.slug}`,
				at: `${baseOf(response)}/${connection.id}`,
				organisation: { id: connection.id, name, enabled: connection.enabled },
				organisations: held.map((one) => ({
					...{ id: one.id, name: connectionName(one) },
					unmapped: countsOf.get(one.tenantId) ?? 0,
				})),
				kinds: MAPPING_KINDS.map((one) => ({
					kind: one,
					label: KIND_WORDS[one].many,
					unmapped: counts.get(one) ?? 0,
				})),
				kind,
				one: words.one,
				many: words.many,
				isSearched: !isListed(kind),
				unmapped: asked.map((one) => ({
					...one,
					choices: choicesOf({ ...one, direction: one.direction ?? one.seenOn }),
				})),
				unmappedCount: counts.get(kind) ?? 0,
				broken: broken.items.map((one) => ({ ...one, choices: choicesOf(one, one.value) })),
				brokenCount,
				mapped: mapped.items,
				next: mapped.nextCursor,
				search: query.search,
				isLater: query.after !== undefined,
				waiting:
					waiting.items.length === 0
						? undefined
						: `/w/${workspace.slug}/pushes?state=unmapped&org=${connection.tenantId}`,
				choices: choicesOf({ kind, key: '' }, ''),
				accountTypes: NEW_ACCOUNT_TYPES.map((type) => [type, TYPE_WORDS[type]] as const),
				silence,
				refused,
				form,
			},
		);
	}

	routes.get('/mapping/:connection', (request, response) => showMapping(request, response));

	routes.get('/mapping/:connection/mappings.csv', async (request, response) => {
		const connection = await connectionOf(request, response);
		const of = { workspaceId: connection.workspaceId, tenantId: connection.tenantId };
		response.type('text/csv').attachment('mappings.csv');
		let cursor: string | undefined;
		let withHead = true;
		do {
			const page = await mappings.list(of, {}, { cursor, limit: 200 });
			response.write(writeMappingCsv(page.items, { withHead }));
			withHead = false;
			cursor = page.nextCursor ?? undefined;
		} while (cursor !== undefined);
		response.end();
	});

	/** Carries a change out, and says what was refused in the part of the page that asked for it. */
	async function change(
		request: Request,
		response: Response,
		part: string,
		kind: MappingKind,
		work: (connection: Connection) => Promise<Notice>,
	): Promise<void> {
		const connection = await connectionOf(request, response);
		try {
			const done = await work(connection);
			response.redirect(303, `${baseOf(response)}/${connection.id}?kind=${kind}&done=${done}`);
		} catch (cause) {
			const isExplained = cause instanceof InvalidRequestError || cause instanceof ConflictError;
			if (!isExplained) throw cause;
			const sentences = sentencesOf(cause);
			await showMapping(request, response, kind, { part, sentences });
		}
	}

	const put = async (
		response: Response,
		connection: Connection,
		wishes: readonly NumberedWish[],
	) => {
		await mappingChanges.put(
			actorOf(response),
			pageWorkspace(response),
			connection.tenantId,
			wishes,
		);
	};

	routes.post('/mapping/:connection/save', mayChange, async (request, response) => {
		const { kind, part, wishes } = readRows(request);
		await change(request, response, part, kind, async (connection) => {
			if (wishes.length === 0) return 'mappings_unchosen';
			await put(response, connection, wishes);
			return 'mappings_saved';
		});
	});

	routes.post('/mapping/:connection/remove', mayChange, async (request, response) => {
		const { kind, wanted } = readWanted(request);
		await change(request, response, 'mapped', kind, async ({ tenantId }) => {
			const by = actorOf(response);
			await mappingChanges.remove(by, pageWorkspace(response), tenantId, { kind, ...wanted });
			return 'mapping_removed';
		});
	});

	routes.post('/mapping/:connection/dismiss', mayChange, async (request, response) => {
		const { kind, wanted } = readWanted(request);
		await change(request, response, 'unmapped', kind, async ({ tenantId }) => {
			const by = actorOf(response);
			await mappingChanges.forget(by, pageWorkspace(response), tenantId, { kind, ...wanted });
			return 'mapping_dismissed';
		});
	});

	routes.post('/mapping/:connection/import', mayChange, async (request, response) => {
		const body = request.body as Record<string, unknown>;
		const kind = Kind.parse(body['kind']);
		await change(request, response, 'import', kind, async (connection) => {
			const { rows, faults } = readMappingCsv(String(body['csv'] ?? ''));
			if (faults.length > 0) {
				const told = faults.slice(0, 20).map(({ row, reason }) => `row ${row}: ${reason}`);
				throw new InvalidRequestError(told.join('; '));
			}
			if (rows.length === 0) throw new InvalidRequestError('There are no rows below the head.');
			await put(
				response,
				connection,
				rows.map(({ row, wish }) => ({ place: `row ${row}`, wish })),
			);
			return 'mappings_imported';
		});
	});

	routes.post('/mapping/:connection/copy', mayChange, async (request, response) => {
		const body = request.body as Record<string, unknown>;
		const kind = Kind.parse(body['kind']);
		await change(request, response, 'copy', kind, async ({ tenantId }) => {
			const workspace = pageWorkspace(response);
			const from = await connections.get(workspace.id, String(body['from'] ?? ''));
			await mappingChanges.copy(actorOf(response), workspace, tenantId, {
				tenantId: from.tenantId,
				skipMissing: body['skipMissing'] === 'yes',
			});
			return 'mappings_copied';
		});
	});

	routes.post('/mapping/:connection/account', mayChange, async (request, response) => {
		const kind = Kind.parse((request.body as Record<string, unknown>)['kind']);
		const read = readForm(request, AccountForm);
		if (!read.ok) {
			const refused = { part: 'account', sentences: [] };
			await showMapping(request, response, kind, refused, read.form);
			return;
		}
		const { mapKey, mapSystem, ...account } = read.value;
		await change(request, response, 'account', kind, async ({ tenantId }) => {
			const isWanted = mapKey !== undefined && mapKey !== '';
			await mappingChanges.createAccount(
				actorOf(response),
				pageWorkspace(response),
				tenantId,
				account,
				isWanted
					? {
							kind: kind === 'payment_account' ? kind : 'account',
							key: mapKey,
							system: mapSystem === undefined || mapSystem === '' ? ANY_SYSTEM : mapSystem,
						}
					: undefined,
			);
			return isWanted ? 'mapping_account_mapped' : 'mapping_account_created';
		});
	});

	routes.get('/mapping/:connection/choose', mayChange, async (request, response) => {
		const workspace = pageWorkspace(response);
		const connection = await connectionOf(request, response);
		const kind = Kind.parse(request.query['kind']);
		const wanted = readWantedOf(request.query);
		const of = { workspaceId: workspace.id, tenantId: connection.tenantId };
		const scope = { ...of, system: wanted.system };
		const current = (await mappings.findMany(scope, [{ kind, key: wanted.key }])).find(
			(one) => one.system === wanted.system && one.direction === wanted.direction,
		);
		const search = String(request.query['search'] ?? (isListed(kind) ? '' : wanted.key))
			.trim()
			.slice(0, MAX_KEY);
		const refused: string[] = [];
		const { values, silence } = await listOf(connection, kind);
		if (silence !== undefined) refused.push(silence);
		let found: { value: string; label: string }[] | undefined;
		if (!isListed(kind) && search !== '' && connection.enabled) {
			try {
				found = (await chart.search(chartOf(connection), kind, search, FOUND_A_SEARCH)).map(
					(one) => ({ value: choiceText(one.value), label: labelOf(one) }),
				);
			} catch (cause) {
				if (!(cause instanceof HubError)) throw cause;
				refused.push(cause.message);
			}
		}
		const { one } = KIND_WORDS[kind];
		const title = `Choose the ${one}`;
		showPage(
			response,
			choosePage,
			{ title, tab: 'mapping', workspace },
			{
				at: `${baseOf(response)}/${connection.id}`,
				organisation: connectionName(connection),
				...{ kind, one, search, found, refused },
				wanted: { ...wanted, direction: wanted.direction ?? '' },
				isSearched: !isListed(kind),
				choices:
					values.length === 0 ? undefined : choiceList({ kind, ...wanted }, values, current?.value),
				current: current?.label ?? undefined,
			},
		);
	});

	return routes;
}

/** The rows of a form in which something is chosen: `key.0`, `system.0`, `direction.0`, `value.0` and so on. */
function readRows(request: Request): {
	readonly kind: MappingKind;
	readonly part: string;
	readonly wishes: readonly NumberedWish[];
} {
	const body = (request.body ?? {}) as Record<string, unknown>;
	const kind = Kind.parse(body['kind']);
	const part = String(body['part'] ?? 'unmapped');
	const rows = Object.keys(body).flatMap((name) => /^value\.(\d{1,4})$/.exec(name)?.[1] ?? []);
	const wishes = rows.flatMap((row): NumberedWish[] => {
		const chosen = body[`value.${row}`];
		if (typeof chosen !== 'string' || chosen === '') return [];
		const wanted = readWantedOf({
			key: body[`key.${row}`],
			system: body[`system.${row}`],
			direction: body[`direction.${row}`],
		});
		return [{ place: wanted.key, wish: { kind, ...wanted, value: readValue(chosen) } }];
	});
	return { kind, part, wishes };
}

function readWanted(request: Request) {
	const body = (request.body ?? {}) as Record<string, unknown>;
	return { kind: Kind.parse(body['kind']), wanted: readWantedOf(body) };
}

/** @throws InvalidRequestError */
function readWantedOf(from: object) {
	const parsed = Wanted.safeParse(from);
	if (!parsed.success) throw new InvalidRequestError('The value of the other system is missing.');
	return parsed.data;
}

/** @throws InvalidRequestError */
function readValue(text: string): MappedValue {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		value = undefined;
	}
	const parsed = Value.safeParse(value);
	if (!parsed.success) throw new InvalidRequestError('Choose from the list.');
	return parsed.data;
}

function sentencesOf(cause: HubError): readonly string[] {
	return 'faults' in cause && Array.isArray(cause.faults)
		? (cause.faults as readonly { readonly field: string; readonly message: string }[]).map(
				({ field, message }) => (field === 'account' ? message : `${field}: ${message}`),
			)
		: [cause.message];
}
