import {
	isObject,
	LONGEST_XERO_ADDRESS,
	XERO_IDS_PER_REQUEST,
	xeroAddressLength,
	type XeroRecord,
} from '../../protocol/xero';
import type { Uptime } from '../clock';
import type { MappingKind } from '../database/tables';
import { XeroUnreachableError } from '../errors/xeroErrors';
import { isGuid } from '../records/isGuid';
import { findEntity, listPath } from '../records/xeroEntities';
import { whereText } from '../xero/api/whereText';
import { readJson } from '../xero/api/xeroAnswer';
import type { GrantUse, XeroApi } from '../xero/api/xeroApi';
import { chartValuesOf } from './chartValues';
import { isListed, type ChartValue, type ListedKind, type SearchedKind } from './ChartValue';
import type { Sought } from './judgeMapping';
import type { KeptLists } from './keptLists';
import { createWeightedCache } from './weightedCache';

/** An organisation, and how Xero is asked about it. */
export interface ChartOf extends GrantUse {
	readonly tenantId: string;
}

/**
 * How old an answer may be: `kept` takes what a stream keeps up to date, and else what Xero said in the last ten
 * minutes; `recent` of the last minute; `doubted` of the last quarter of one, for what is about to be refused; `now` asks Xero.
 */
export type ChartAge = 'kept' | 'recent' | 'doubted' | 'now';

/** What an organisation has that another system's values can be mapped to. */
export interface Chart {
	/** All of a short list, in Xero's order; those that cannot be used too. @throws what `XeroApi.send` and `readJson` throw */
	list(of: ChartOf, kind: ListedKind, age: ChartAge): Promise<readonly ChartValue[]>;
	/** All that may be one of what is sought, and maybe more. @throws as `list` */
	find(
		of: ChartOf,
		kind: MappingKind,
		sought: readonly Sought[],
		age: ChartAge,
	): Promise<readonly ChartValue[]>;
	/** Usable ones with the text in their name or code, by Xero's own search. @throws as `list` */
	search(
		of: ChartOf,
		kind: SearchedKind,
		text: string,
		limit: number,
	): Promise<readonly ChartValue[]>;
	/** What Xero said of a kind is forgotten: it was changed. */
	forget(of: Pick<ChartOf, 'workspaceId' | 'tenantId'>, kind: MappingKind): void;
}

const MAX_AGE_MS: Readonly<Record<ChartAge, number>> = {
	kept: 600_000,
	recent: 60_000,
	doubted: 15_000,
	now: 0,
};

/** Values of all organisations together that are remembered; some hundred bytes each. */
const MOST_REMEMBERED = 200_000;

/** Of one organisation's items or contacts. */
const MOST_FOUND = 2_000;

/** People wait for it, and workflows go on meanwhile. */
const FLOW = 'mapping';

/** One read of Xero's answers several kinds: both accounts come from one list. */
const SOURCES: Readonly<
	Record<
		MappingKind,
		{ readonly collection: string; readonly path: string; readonly entity?: string }
	>
> = {
	account: listOf('account'),
	payment_account: listOf('account'),
	tax_rate: listOf('tax_rate'),
	tracking: listOf('tracking_category'),
	item: listOf('item'),
	contact: listOf('contact'),
	// No stream: Xero tells no changes of currencies.
	currency: { collection: 'Currencies', path: '/api.xro/2.0/Currencies' },
};

function listOf(entity: string) {
	const source = findEntity(entity);
	if (source === undefined) throw new Error(`There is no entity ${entity}.`);
	const { collection, listQuery } = source;
	const path = listPath(source);
	return { entity, collection, path: listQuery === undefined ? path : `${path}?${listQuery}` };
}

export function createChart(deps: {
	readonly api: Pick<XeroApi, 'send'>;
	readonly kept: KeptLists;
	readonly uptime: Uptime;
}): Chart {
	const { api, kept, uptime } = deps;
	const lists = createWeightedCache<readonly XeroRecord[]>(MOST_REMEMBERED);
	const founds = createWeightedCache<ReadonlyMap<string, Remembered>>(MOST_REMEMBERED);
	const reading = new Map<string, Promise<readonly XeroRecord[]>>();

	async function ask(
		of: ChartOf,
		path: string,
		collection: string,
	): Promise<readonly XeroRecord[]> {
		const { grantId, workspaceId, tenantId } = of;
		const answer = await api.send({
			...{ grantId, workspaceId, tenantId, path, flow: FLOW },
			method: 'GET',
			headers: { accept: 'application/json' },
		});
		const body = await readJson(answer);
		const list = isObject(body) ? body[collection] : undefined;
		if (!Array.isArray(list)) {
			throw new XeroUnreachableError(`Xero answered without a list of ${collection}`);
		}
		return list.filter(isObject);
	}

	/** Those who want one list at a time share one call. */
	async function readLive(of: ChartOf, kind: ListedKind, age: ChartAge) {
		const { collection, path } = SOURCES[kind];
		const key = keyOf(of, collection);
		const known = lists.get(key);
		if (known !== undefined && uptime() - known.at < MAX_AGE_MS[age]) return known.value;
		const underWay = reading.get(key);
		if (underWay !== undefined && age !== 'now') return underWay;
		const at = uptime();
		const read = ask(of, path, collection).then((records) => {
			lists.set(key, records, records.length, at);
			return records;
		});
		reading.set(key, read);
		try {
			return await read;
		} finally {
			if (reading.get(key) === read) reading.delete(key);
		}
	}

	async function list(of: ChartOf, kind: ListedKind, age: ChartAge) {
		const { entity } = SOURCES[kind];
		const copies =
			age === 'kept' && entity !== undefined ? await kept.list({ ...of, entity }) : undefined;
		const records = copies ?? (await readLive(of, kind, age));
		return records.flatMap((record) => chartValuesOf(kind, record));
	}

	async function findLive(
		of: ChartOf,
		kind: SearchedKind,
		sought: readonly Sought[],
		age: ChartAge,
	) {
		const key = keyOf(of, kind);
		const remembered = new Map(founds.get(key)?.value);
		const isKnown = (name: string) => {
			const known = remembered.get(name);
			return known !== undefined && uptime() - known.at < MAX_AGE_MS[age];
		};
		const names = [...new Set(sought.flatMap((one) => namesOf(kind, one)))];
		const unknown = names.filter((name) => !isKnown(name));
		const at = uptime();
		for (const { path, of: asked } of pathsOf(kind, unknown)) {
			const values = (await ask(of, path, SOURCES[kind].collection)).flatMap((record) =>
				chartValuesOf(kind, record),
			);
			for (const name of asked) {
				remembered.delete(name);
				remembered.set(name, { at, values: values.filter((value) => bears(value, name)) });
			}
		}
		if (unknown.length > 0) {
			const newest = new Map([...remembered].slice(-MOST_FOUND));
			founds.set(key, newest, newest.size, at);
		}
		return names.flatMap((name) => remembered.get(name)?.values ?? []);
	}

	/** Copies are found by id: who asks by another name asks Xero. */
	async function findKept(of: ChartOf, kind: SearchedKind, sought: readonly Sought[]) {
		const { entity = kind } = SOURCES[kind];
		const ids = [...new Set(sought.flatMap(({ xeroId }) => (xeroId === null ? [] : [xeroId])))];
		const records = ids.length === 0 ? undefined : await kept.find({ ...of, entity }, ids);
		const found = new Map<string, readonly ChartValue[]>();
		for (const [id, record] of records ?? []) found.set(id, chartValuesOf(kind, record));
		return found;
	}

	return {
		list,

		async find(of, kind, sought, age) {
			if (sought.length === 0) return [];
			if (isListed(kind)) return list(of, kind, age);
			const copies =
				age === 'kept'
					? await findKept(of, kind, sought)
					: new Map<string, readonly ChartValue[]>();
			// Another record may have taken the code over: only a copy that still bears it is enough.
			const left = sought.filter(({ xeroId, value }) => {
				const values = xeroId === null ? [] : (copies.get(xeroId) ?? []);
				return !values.some((one) => one.trouble === null && bears(one, String(value)));
			});
			const live = await findLive(of, kind, left, age);
			const values = [...[...copies.values()].flat(), ...live];
			const followed = values.flatMap(({ trouble, followedBy }) =>
				trouble === null || followedBy === undefined ? [] : [followedBy],
			);
			if (followed.length === 0) return values;
			const successors = await findLive(
				of,
				kind,
				followed.map((id) => ({ kind, value: id, xeroId: id })),
				age,
			);
			return [...values, ...successors];
		},

		async search(of, kind, text, limit) {
			const { collection } = SOURCES[kind];
			const path = searchPath(kind, text, limit);
			const values = (await ask(of, path, collection)).flatMap((record) =>
				chartValuesOf(kind, record),
			);
			return values.filter(({ trouble }) => trouble === null).slice(0, limit);
		},

		forget(of, kind) {
			if (isListed(kind)) lists.delete(keyOf(of, SOURCES[kind].collection));
			else founds.delete(keyOf(of, kind));
		},
	};
}

interface Remembered {
	/** On the uptime. */
	readonly at: number;
	readonly values: readonly ChartValue[];
}

function keyOf(
	{ workspaceId, tenantId }: Pick<ChartOf, 'workspaceId' | 'tenantId'>,
	what: string,
): string {
	return `${workspaceId} ${tenantId.toLowerCase()} ${what}`;
}

/** Under what Xero finds it. */
function namesOf(kind: SearchedKind, { value, xeroId }: Sought): readonly string[] {
	const named = String(value);
	// An item that was given another code since is found by its id.
	return kind === 'item' && xeroId !== null && xeroId !== named ? [named, xeroId] : [named];
}

function bears({ value, id }: ChartValue, name: string): boolean {
	return String(value).toLowerCase() === name.toLowerCase() || id === name.toLowerCase();
}

/** As few calls as the length of an address allows. */
function pathsOf(
	kind: SearchedKind,
	names: readonly string[],
): ReadonlyArray<{ readonly path: string; readonly of: readonly string[] }> {
	const { path } = SOURCES[kind];
	const base = path.split('?')[0] as string;
	if (kind === 'contact') {
		const ids = names.filter(isGuid);
		return inPieces(ids, XERO_IDS_PER_REQUEST).map((of) => ({
			of,
			// Without `page` Xero answers summaries.
			path: `${base}?IDs=${of.join(',')}&includeArchived=true&page=1&pageSize=${XERO_IDS_PER_REQUEST}`,
		}));
	}
	const paths: { path: string; of: string[] }[] = [];
	let of: string[] = [];
	const pathOf = (some: readonly string[]) =>
		`${base}?where=${encodeURIComponent(some.map(itemIs).join(' OR '))}`;
	for (const name of names) {
		if (of.length > 0 && xeroAddressLength(pathOf([...of, name]).slice(1)) > LONGEST_XERO_ADDRESS) {
			paths.push({ path: pathOf(of), of });
			of = [];
		}
		of.push(name);
	}
	if (of.length > 0) paths.push({ path: pathOf(of), of });
	return paths;
}

function itemIs(name: string): string {
	return isGuid(name) ? `ItemID==Guid("${name}")` : `Code==${whereText(name)}`;
}

function searchPath(kind: SearchedKind, text: string, limit: number): string {
	if (kind === 'contact') {
		const term = encodeURIComponent(text);
		return `/api.xro/2.0/Contacts?searchTerm=${term}&summaryOnly=true&page=1&pageSize=${limit}`;
	}
	const part = whereText(text);
	// A list of items has no search of its own, and takes no page.
	const where = `Code.Contains(${part}) OR (Name!=null AND Name.Contains(${part}))`;
	return `/api.xro/2.0/Items?where=${encodeURIComponent(where)}`;
}

function inPieces<Item>(items: readonly Item[], size: number): Item[][] {
	const pieces: Item[][] = [];
	for (let start = 0; start < items.length; start += size) {
		pieces.push(items.slice(start, start + size));
	}
	return pieces;
}
