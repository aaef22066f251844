import { isObject, isSame, type XeroRecord } from '../../protocol/xero';
import type { Link } from '../links/Link';
import type { MappedValue, ResolveMappings, ResolvedValue, WantedValue } from '../mapping/Mapping';
import type { CheckedTotals, CheckTotals } from './checkTotals';
import type { DueItem, ItemOutcome } from './PushLedger';
import { externalOf, type PreparedItem, type PushTurn } from './PushTurn';
import { codesIn, resolveCodes } from './resolveCodes';
import {
	isByCode,
	namedRecord,
	referencesIn,
	resolveReferences,
	type Reference,
} from './resolveReferences';

export interface Prepared {
	readonly ready: readonly PreparedItem[];
	readonly outcomes: readonly ItemOutcome[];
}

/** Puts Xero's ids and codes in the place of the other system's, all of the turn at once. Writes nothing to Xero. */
export async function prepareItems(
	turn: PushTurn,
	items: readonly DueItem[],
	{
		resolveMappings,
		checkTotals,
	}: { readonly resolveMappings: ResolveMappings; readonly checkTotals: CheckTotals },
): Promise<Prepared> {
	const outcomes: ItemOutcome[] = [];
	const { referred, failed } = await withReferences(turn, items, resolveMappings);
	outcomes.push(...failed);
	const { coded, unmapped } = await withCodes(turn, referred, resolveMappings);
	outcomes.push(...unmapped);
	const ready: PreparedItem[] = [];
	const totals = await checkTotals(
		turn,
		coded.map(({ fields }) => fields),
	);
	for (const [index, { item }] of coded.entries()) {
		const { refusal, ...checked } = totals[index] as CheckedTotals;
		if (refusal === null) ready.push({ item, ...checked });
		else {
			outcomes.push({
				...{ position: item.position, state: 'failed', ...refusal },
				detail: checked.totals && { totals: checked.totals },
			});
		}
	}
	return { ready, outcomes };
}

interface Half {
	readonly item: DueItem;
	readonly fields: XeroRecord;
}

/** How long a record waits for one that another push is making; it gives up after about an hour. */
const WAITS = { firstMs: 5_000, mostMs: 300_000, times: 20 } as const;

async function withReferences(
	turn: PushTurn,
	items: readonly DueItem[],
	resolveMappings: ResolveMappings,
): Promise<{ readonly referred: readonly Half[]; readonly failed: readonly ItemOutcome[] }> {
	const named = items.map((item) => ({ item, references: referencesIn(item.fields) }));
	const all = named.flatMap(({ references }) => references);
	if (all.length === 0) {
		return { referred: items.map((item) => ({ item, fields: item.fields })), failed: [] };
	}
	const linkOf = await findLinks(turn, all);
	const contacts = await mappedContacts(turn, all, linkOf, resolveMappings);
	const codes = await codesOf(turn, all, linkOf);
	const absent = all.filter(
		(reference) => !isUsable(linkOf(reference)) && !contacts.has(keyOf(reference)),
	);
	const underWay =
		absent.length === 0
			? new Set<string>()
			: await turn.underWay(absent.map(({ externalId }) => externalId));
	const referred: Half[] = [];
	const failed: ItemOutcome[] = [];
	for (const { item, references } of named) {
		const open = references.find(
			(reference) => !isUsable(linkOf(reference)) && !contacts.has(keyOf(reference)),
		);
		if (open !== undefined) {
			failed.push({
				position: item.position,
				...missingOutcome(item, open, { link: linkOf(open), underWay }),
			});
			continue;
		}
		const fields = resolveReferences(item.fields, (reference) => {
			const link = linkOf(reference);
			if (!isUsable(link)) return contacts.get(keyOf(reference));
			return namedRecord(reference, link, codes.get(keyOf(reference)));
		});
		referred.push({ item, fields });
	}
	return { referred, failed };
}

type LinkOf = (reference: Reference) => Link | undefined;

function keyOf({ entities, externalId }: Reference): string {
	return `${entities.join(' ')} ${externalId}`;
}

function isUsable(link: Link | undefined): link is Link & { readonly xeroId: string } {
	return link !== undefined && link.xeroId !== null && link.state === 'linked';
}

async function findLinks(turn: PushTurn, references: readonly Reference[]): Promise<LinkOf> {
	const wanted = references.flatMap(({ externalId, entities }) =>
		entities.map((entity) => ({ ...externalOf(turn, externalId), entity })),
	);
	const links = await turn.links.findMany(turn.scope.workspaceId, wanted);
	const found = new Map(
		links.flatMap((link) =>
			link === undefined ? [] : [[`${link.entity} ${link.externalId}`, link]],
		),
	);
	return ({ externalId, entities }) => {
		const candidates = entities.flatMap((entity) => found.get(`${entity} ${externalId}`) ?? []);
		return candidates.find(isUsable) ?? candidates[0];
	};
}

/** A customer that was never pushed may be mapped to a contact that stands for many. */
async function mappedContacts(
	turn: PushTurn,
	references: readonly Reference[],
	linkOf: LinkOf,
	resolveMappings: ResolveMappings,
): Promise<ReadonlyMap<string, unknown>> {
	if (turn.claimed.push.options.codes !== 'mapped') return new Map();
	const open = references.filter(
		(reference) => reference.entities.includes('contact') && linkOf(reference) === undefined,
	);
	if (open.length === 0) return new Map();
	const values = await resolveMappings(
		turn.scope,
		open.map(({ externalId, where }) => ({ kind: 'contact', key: externalId, where })),
	);
	return new Map(
		open.flatMap((reference, at) => {
			const value = values[at];
			return value?.state === 'ok' ? [[keyOf(reference), { ContactID: value.value }]] : [];
		}),
	);
}

/** Xero takes items and accounts in lines by their codes alone. */
async function codesOf(
	turn: PushTurn,
	references: readonly Reference[],
	linkOf: LinkOf,
): Promise<ReadonlyMap<string, string>> {
	const codes = new Map<string, string>();
	const lists = new Map<string, readonly XeroRecord[]>();
	for (const reference of references.filter(isByCode)) {
		const link = linkOf(reference);
		if (!isUsable(link) || codes.has(keyOf(reference))) continue;
		const known = link.base?.['Code']?.xero;
		if (typeof known === 'string') {
			codes.set(keyOf(reference), known);
			continue;
		}
		const [collection, idField] =
			link.entity === 'item'
				? (['Items', 'ItemID'] as const)
				: (['Accounts', 'AccountID'] as const);
		const list = lists.get(collection) ?? (await readList(turn, collection));
		lists.set(collection, list);
		const code = list.find((record) => isSame(record[idField], link.xeroId))?.['Code'];
		if (typeof code === 'string') codes.set(keyOf(reference), code);
	}
	return codes;
}

async function readList({ calls }: PushTurn, collection: string): Promise<readonly XeroRecord[]> {
	const answer = await calls.read(`/api.xro/2.0/${collection}`);
	const list = answer !== undefined && 'body' in answer ? answer.body[collection] : undefined;
	return Array.isArray(list) ? list.filter(isObject) : [];
}

function missingOutcome(
	item: DueItem,
	{ entities, externalId, where }: Reference,
	{ link, underWay }: { readonly link: Link | undefined; readonly underWay: ReadonlySet<string> },
): Omit<ItemOutcome, 'position'> {
	const [entity] = entities;
	if (entity === undefined) {
		return {
			state: 'failed',
			message: `${where} names "${externalId}" of the other system, and no record can be linked there.`,
			nextStep: 'Send what Xero takes there, such as an id or a code of its own.',
		};
	}
	const name = `${entity.replace('_', ' ')} "${externalId}"`;
	if (link?.state === 'broken') {
		return {
			state: 'failed',
			message: `${where}: the link of the ${name} is broken. ${link.reason ?? ''}`.trim(),
			nextStep: `Mend the link of the ${name}, then retry.`,
		};
	}
	const isAwaited =
		link?.state === 'claiming' || entities.some((one) => underWay.has(`${one} ${externalId}`));
	if (isAwaited && item.attempt < WAITS.times) {
		return {
			state: 'pending',
			message: `${where}: the ${name} is being pushed, and is waited for.`,
			nextStep: null,
			afterMs: Math.min(WAITS.firstMs * 2 ** item.attempt, WAITS.mostMs),
		};
	}
	return {
		state: 'failed',
		message: `${where}: the ${name} is not linked to a record in Xero.`,
		nextStep: `Push the ${name} first, then retry.`,
	};
}

async function withCodes(
	turn: PushTurn,
	items: readonly Half[],
	resolveMappings: ResolveMappings,
): Promise<{ readonly coded: readonly Half[]; readonly unmapped: readonly ItemOutcome[] }> {
	if (turn.claimed.push.options.codes !== 'mapped') return { coded: items, unmapped: [] };
	const { entity } = turn;
	const named = items.map(({ item, fields }) => {
		const record = { externalId: item.externalId, fields };
		return { item, record, codes: codesIn(entity, record) };
	});
	const wanted = [
		...new Map(named.flatMap(({ codes }) => codes).map((one) => [codeKey(one), one])).values(),
	];
	const values = wanted.length === 0 ? [] : await resolveMappings(turn.scope, wanted);
	const found = new Map(wanted.map((one, at) => [codeKey(one), values[at]]));
	const coded: Half[] = [];
	const unmapped: ItemOutcome[] = [];
	for (const { item, record, codes } of named) {
		const open = codes.filter((one) => found.get(codeKey(one))?.state !== 'ok');
		if (open.length > 0) {
			unmapped.push(unmappedOutcome(item, open, (one) => found.get(codeKey(one))));
			continue;
		}
		const resolve = (one: WantedValue): MappedValue | undefined => {
			const value = found.get(codeKey(one));
			return value?.state === 'ok' ? value.value : undefined;
		};
		coded.push({ item, fields: resolveCodes(entity, record, resolve) });
	}
	return { coded, unmapped };
}

function codeKey({ kind, key, direction }: WantedValue): string {
	return JSON.stringify([kind, key, direction]);
}

function unmappedOutcome(
	item: DueItem,
	open: readonly WantedValue[],
	resultOf: (wanted: WantedValue) => ResolvedValue | undefined,
): ItemOutcome {
	const distinct = [...new Map(open.map((one) => [`${one.kind} ${one.key}`, one])).values()];
	const words = distinct.map((one) => {
		const result = resultOf(one);
		const name = `${one.kind.replace('_', ' ')} "${one.key}"`;
		return result?.state === 'broken' ? `${name} (${result.reason})` : name;
	});
	return {
		position: item.position,
		state: 'unmapped',
		message: `Not mapped: ${words.join(', ')}. Nothing was sent.`,
		nextStep: 'Map them on the Mapping page, then retry.',
		detail: { unmapped: distinct.map(({ kind, key }) => ({ kind, key })) },
	};
}
