import type { XeroRecord } from '../../protocol/xero';
import type { Clock } from '../clock';
import type { Link } from '../links/Link';
import type { LinkStore } from '../links/LinkStore';
import { sameValue } from '../links/sameValue';
import { recordId } from '../records/FoundRecord';
import type { ResolveMappings } from '../mapping/Mapping';
import type { WriteMemory } from '../xero/api/WriteMemory';
import type { XeroApi } from '../xero/api/xeroApi';
import { connectionName } from '../xero/connections/connectionName';
import type { ConnectionRows } from '../xero/connections/connectionRows';
import { firstBase } from './agreedBase';
import { changeRecords } from './changeRecords';
import type { CheckTotals } from './checkTotals';
import { COMPUTED_MEMBERS } from './computedMembers';
import { contentHash } from './contentHash';
import { createRecords, createdOutcome, elementOf, lookFor } from './createRecords';
import { judgeTrouble, type Trouble } from './judgeTrouble';
import { prepareItems } from './prepareItems';
import { createPushCalls } from './pushCalls';
import { pushedEntity } from './pushedEntities';
import {
	LostLeaseError,
	type ClaimedPush,
	type DueItem,
	type ItemOutcome,
	type PushLedger,
} from './PushLedger';
import {
	agree,
	externalOf,
	type ClaimedItem,
	type LinkedItem,
	type PreparedItem,
	type PushTurn,
} from './PushTurn';
import { tryOut } from './tryOut';

/** Takes a push one turn further: up to fifty of its records. Never throws for what Xero does. */
export type RunPush = (claimed: ClaimedPush, stopped: AbortSignal) => Promise<void>;

export interface RunPushDeps {
	readonly ledger: PushLedger;
	readonly links: LinkStore;
	readonly resolveMappings: ResolveMappings;
	readonly checkTotals: CheckTotals;
	/** A turn of an undo. Saves what became of each of the records. */
	undo(turn: PushTurn, items: readonly DueItem[]): Promise<void>;
	readonly connections: Pick<ConnectionRows, 'findTenant'>;
	readonly api: Pick<XeroApi, 'send'>;
	readonly writes: WriteMemory;
	readonly publicUrl: string;
	readonly now: Clock;
	readonly leaseMs: number;
	/** Told of what is no fault of Xero's. */
	onFault(cause: unknown): void;
	readonly againMs?: number | undefined;
}

/** As many as Xero takes in a request. */
export const ITEMS_A_TURN = 50;

/** How often a turn takes more records where those that it took cost no call. */
const FILLING_ROUNDS = 5;

/** Turns in a row that could not end. */
const DOUBTED_AFTER = 3;

/** A person may switch it on at any time. */
const OFF_MS = 60_000;

export function createRunPush(deps: RunPushDeps): RunPush {
	const { ledger, links, connections, api, writes, publicUrl, now } = deps;

	return async function runPush(claimed, stopped) {
		const { push, workspaceId } = claimed;
		const connection = await connections.findTenant(workspaceId, push.tenantId);
		if (connection?.enabled === false) {
			const error = `${connectionName(connection)} is switched off in this workspace. Switch it on, and the push goes on.`;
			await ledger.giveBack(claimed, {
				calls: 0,
				wait: { waitingFor: 'reauth', afterMs: OFF_MS, error },
			});
			return;
		}
		// What stops a turn again and again is found by one record at a time.
		const limit = claimed.failures < DOUBTED_AFTER ? ITEMS_A_TURN : 1;
		const items = await ledger.due(claimed, limit);
		const seen = new Set(items.map(({ position }) => position));
		if (connection === undefined) {
			await ledger.save(claimed, items.map(notConnected));
			await ledger.giveBack(claimed, { calls: 0 });
			return;
		}
		const calls = createPushCalls({
			...{ api, writes, workspaceId, push, againMs: deps.againMs, signal: stopped },
			grantId: connection.grantId,
			writePolicy: connection.writePolicy,
			async keepLease() {
				if (!(await ledger.keep(claimed, deps.leaseMs))) throw new LostLeaseError();
			},
		});
		const turn: PushTurn = {
			...{ claimed, calls, links, publicUrl, now },
			writePolicy: connection.writePolicy,
			entity: pushedEntity(push.entity),
			scope: { workspaceId, tenantId: push.tenantId, system: push.system },
			underWay: (externalIds) => ledger.underWay(claimed, externalIds),
			save: (outcomes) => ledger.save(claimed, outcomes),
			markSent: (positions, isSent) => ledger.markSent(claimed, positions, isSent),
		};
		let trouble: Trouble | undefined;
		try {
			if (push.kind === 'undo') await deps.undo(turn, items);
			else await pushItems(deps, turn, items, { limit, seen });
		} catch (cause) {
			if (cause instanceof LostLeaseError) return;
			trouble = stopped.aborted
				? { kind: 'wait', waitingFor: null, afterMs: 0, error: 'The hub was restarted.' }
				: judgeTrouble(cause, claimed.failures, deps.onFault);
		}
		if (trouble?.kind === 'fail') {
			const { error, nextStep } = trouble;
			// What was settled in the turn is not due any more.
			const left = await ledger.due(claimed, limit);
			await ledger.save(
				claimed,
				left
					.filter(({ position }) => seen.has(position))
					.map(({ position }) => ({ position, state: 'failed', message: error, nextStep })),
			);
		}
		await ledger.giveBack(claimed, {
			calls: calls.count(),
			wait: trouble?.kind === 'wait' ? trouble : undefined,
		});
	};
}

async function pushItems(
	deps: RunPushDeps,
	turn: PushTurn,
	first: readonly DueItem[],
	{ limit, seen }: { readonly limit: number; readonly seen: Set<number> },
): Promise<void> {
	const { push } = turn.claimed;
	const linkOf = new Map<number, Link | undefined>();
	const ready: PreparedItem[] = [];
	let items = first;
	for (let rounds = 1; ; rounds += 1) {
		const free = limit - ready.length;
		const more = await settleFree(deps, turn, items, linkOf);
		// What is too much for a request stays pending for the next turn.
		ready.push(...more.slice(0, free));
		const last = items.at(-1);
		const isEnough = ready.length >= limit || limit === 1 || rounds === FILLING_ROUNDS;
		if (isEnough || last === undefined) break;
		// Records that cost nothing are not to leave requests half empty.
		items = await deps.ledger.due(turn.claimed, limit, last.position);
		for (const { position } of items) seen.add(position);
	}
	if (push.dryRun) {
		await tryOut(turn, ready, linkOf);
		return;
	}

	const linked: LinkedItem[] = [];
	const unlinked: PreparedItem[] = [];
	for (const one of ready) {
		const link = linkOf.get(one.item.position);
		if (isInXero(link)) linked.push({ ...one, link });
		else unlinked.push(one);
	}
	if (unlinked.length > 0) linked.push(...(await makeOrFind(turn, unlinked)));
	if (linked.length > 0) await changeRecords(turn, linked);
}

/** @param linkOf gets the links of the items @returns those for which Xero has to be asked */
async function settleFree(
	deps: RunPushDeps,
	turn: PushTurn,
	items: readonly DueItem[],
	linkOf: Map<number, Link | undefined>,
): Promise<readonly PreparedItem[]> {
	if (items.length === 0) return [];
	const found = await turn.links.findMany(
		turn.scope.workspaceId,
		items.map(({ externalId }) => externalOf(turn, externalId)),
	);
	items.forEach(({ position }, index) => linkOf.set(position, found[index]));
	const overtaken = await overtakenBy(deps.ledger, turn, items, linkOf);

	const settled: ItemOutcome[] = [];
	const open: DueItem[] = [];
	for (const item of items) {
		const link = linkOf.get(item.position);
		const outcome =
			withoutCall(turn, item, link) ??
			(overtaken.has(item.position) ? overtakenOutcome(item, link) : undefined);
		if (outcome === undefined) open.push(item);
		else settled.push(outcome);
	}
	const { ready, outcomes } = await prepareItems(turn, open, deps);
	await turn.save([...settled, ...outcomes]);
	return ready;
}

/**
 * Those that a later push has brought since: this one was held up, and what it says is older. A later push that named fewer
 * members leaves it what it did not name.
 */
async function overtakenBy(
	ledger: Pick<PushLedger, 'askedIn'>,
	{ claimed }: PushTurn,
	items: readonly DueItem[],
	linkOf: ReadonlyMap<number, Link | undefined>,
): Promise<ReadonlySet<number>> {
	const late = items.flatMap((item) => {
		const link = linkOf.get(item.position);
		const pushId = isInXero(link) && link.state === 'linked' ? link.pushId : null;
		// Ids are in the order of time.
		const isLate = pushId !== null && pushId > claimed.push.id && item.resolution === null;
		return isLate ? [{ item, pushId }] : [];
	});
	const asked = await ledger.askedIn(
		claimed,
		late.map(({ item, pushId }) => ({ pushId, externalId: item.externalId })),
	);
	const overtaken = late.filter(({ item }, at) => {
		const newer = asked[at];
		return (
			newer !== undefined &&
			Object.keys(item.fields).every((member) => Object.hasOwn(newer, member))
		);
	});
	return new Set(overtaken.map(({ item }) => item.position));
}

function overtakenOutcome({ position }: DueItem, link: Link | undefined): ItemOutcome {
	return {
		...{ position, state: 'skipped', xeroId: link?.xeroId ?? null },
		message: 'A later push has brought this record since, with newer values.',
		nextStep: 'Nothing: Xero has what the later push said.',
	};
}

function isInXero(link: Link | undefined): link is LinkedItem['link'] {
	return link !== undefined && link.xeroId !== null;
}

/** What needs no look at Xero. */
function withoutCall(
	{ claimed: { push } }: PushTurn,
	item: DueItem,
	link: Link | undefined,
): ItemOutcome | undefined {
	if (!isInXero(link)) return undefined;
	const { position } = item;
	const { xeroId } = link;
	if (link.state === 'linked' && item.resolution === null && isAgreed(item, link)) {
		// This push made it, and was stopped before it could say so.
		return item.sentAt !== null && link.pushId === push.id
			? { position, xeroId, state: 'synced', change: 'created' }
			: { position, xeroId, state: 'unchanged' };
	}
	return push.options.mode === 'create'
		? {
				...{ position, xeroId, state: 'skipped' },
				message: 'It is in Xero already, and this push only makes new records.',
				nextStep: 'Push with mode "upsert" to change it.',
			}
		: undefined;
}

/** Both sides held all of it when they last agreed. */
function isAgreed({ fields }: DueItem, { base }: Link): boolean {
	return (
		base !== null &&
		Object.entries(fields).every(([member, value]) => {
			if (COMPUTED_MEMBERS.has(member)) return true;
			const agreed = base[member];
			return agreed !== undefined && sameValue(member, value, agreed.external);
		})
	);
}

/** @returns those that are in Xero already, to be brought together with it */
async function makeOrFind(
	turn: PushTurn,
	items: readonly PreparedItem[],
): Promise<readonly LinkedItem[]> {
	const { claimed, links, scope, save } = turn;
	const { push } = claimed;
	const claims = await links.claim(
		scope.workspaceId,
		push.id,
		items.map(({ item }) => externalOf(turn, item.externalId)),
	);
	const linked: LinkedItem[] = [];
	const mine: ClaimedItem[] = [];
	const waiting: ItemOutcome[] = [];
	items.forEach((one, index) => {
		const { isMine = false, link } = claims[index] ?? {};
		if (link === undefined) return;
		if (isMine) mine.push({ ...one, link });
		else if (isInXero(link)) linked.push({ ...one, link });
		else waiting.push(elsewhere(one.item));
	});
	await save(waiting);

	const found = await lookFor(turn, mine);
	const toMake: ClaimedItem[] = [];
	const released: string[] = [];
	const outcomes: ItemOutcome[] = [];
	for (const one of mine) {
		const { item, link } = one;
		const result = found.get(item.position) ?? { kind: 'none' };
		const { position } = item;
		if (result.kind === 'doubtful') {
			if (link.sentAt === null) released.push(link.id);
			outcomes.push({
				...{ position, state: 'conflict', message: result.message },
				nextStep: 'Link the record to the one it is, or push with matchBy; then retry.',
			});
		} else if (result.kind === 'one') {
			const { record } = result;
			if (item.sentAt !== null) {
				outcomes.push(await createdOutcome(turn, one, elementOf(turn, one), record));
				continue;
			}
			const xeroId = recordId(String(record[turn.entity.xero.idField]));
			if (push.options.mode === 'create') {
				outcomes.push(await linkedOnly(turn, one, xeroId));
				continue;
			}
			if (!turn.entity.isChangeable) {
				outcomes.push(await foundOnly(turn, one, record));
				continue;
			}
			linked.push({ ...one, link: { ...link, xeroId, base: null }, found: record });
		} else if (push.options.mode === 'update') {
			released.push(link.id);
			outcomes.push({
				...{ position, state: 'skipped' },
				message: 'It is not in Xero, and this push only changes what is there.',
				nextStep: 'Push with mode "upsert" to make it, or link it.',
			});
		} else toMake.push(one);
	}
	await links.release(released);
	await save(outcomes);
	if (toMake.length > 0) await createRecords(turn, toMake);
	return linked;
}

/** Of what Xero never changes: it is the same in all by which it was found. */
async function foundOnly(
	turn: PushTurn,
	one: ClaimedItem,
	record: XeroRecord,
): Promise<ItemOutcome> {
	const { item, resolved } = one;
	const xeroId = recordId(String(record[turn.entity.xero.idField]));
	const base = firstBase(item.fields, resolved, record);
	const taken = await agree(turn, one, { xeroId, base, hash: contentHash(item.fields) });
	return (
		taken ?? {
			...{ position: item.position, xeroId, state: 'synced' },
			message: 'Xero had this record already. It is linked now.',
		}
	);
}

/** Of a push that only makes new records. */
async function linkedOnly(turn: PushTurn, one: ClaimedItem, xeroId: string): Promise<ItemOutcome> {
	const taken = await agree(turn, one, { xeroId, base: {}, hash: '' });
	return (
		taken ?? {
			...{ position: one.item.position, xeroId, state: 'skipped' },
			message: 'Xero has it already. It is linked now, and this push only makes new records.',
			nextStep: 'Push with mode "upsert" to change it.',
		}
	);
}

const ELSEWHERE_MS = 3_000;

function elsewhere({ position, attempt }: DueItem): ItemOutcome {
	return {
		...{ position, state: 'pending' },
		afterMs: Math.min(ELSEWHERE_MS * 2 ** Math.min(attempt, 10), 300_000),
		message: 'Another push is making this record.',
		nextStep: 'Nothing: it goes on by itself.',
	};
}

function notConnected({ position }: DueItem): ItemOutcome {
	return {
		...{ position, state: 'failed' },
		message: 'This workspace is not connected to the organisation any more.',
		nextStep: 'Connect the organisation again, then retry.',
	};
}
