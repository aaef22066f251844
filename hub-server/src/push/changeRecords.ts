import {
	comparable,
	planBatches,
	XERO_BATCH_LIMITS,
	type ElementFate,
	type XeroRecord,
} from '../../protocol/xero';
import { agreedBase } from './agreedBase';
import { contentHash } from './contentHash';
import { explainMerge, type MergeExplained } from './explainMerge';
import { mergeRecord, type MergedRecord } from './mergeRecord';
import { nextStepOf } from './nextSteps';
import type { ItemOutcome } from './PushLedger';
import { agree, type LinkedItem, type PushTurn } from './PushTurn';
import { readPresent } from './readPresent';
import { repeatedMembers } from './repeatedMembers';

/** A linked record beside what Xero has of it. */
export interface PlannedChange {
	readonly one: LinkedItem;
	readonly present: XeroRecord;
	readonly merged: MergedRecord;
	readonly explained: MergeExplained;
}

/** Merges what is linked with what Xero has now; what Xero has no more is told as such. Writes nothing to Xero. */
export async function planChanges(
	turn: PushTurn,
	items: readonly LinkedItem[],
): Promise<{ readonly planned: readonly PlannedChange[]; readonly gone: readonly LinkedItem[] }> {
	const { entity, calls, claimed } = turn;
	// What was found in a document, such as a payment, is not whole; Xero changes none of those.
	const unread = items.filter(({ found }) => found === undefined);
	const read = await readPresent(
		calls,
		entity,
		unread.map(({ link }) => link.xeroId),
	);
	const { policy } = claimed.push.options;
	const planned: PlannedChange[] = [];
	const gone: LinkedItem[] = [];
	for (const one of items) {
		const { item, link, resolved } = one;
		const present = one.found ?? read.get(comparable(link.xeroId));
		if (present === undefined) {
			gone.push(one);
			continue;
		}
		const merged = mergeRecord(
			{ entity: entity.name, base: link.base, external: item.fields, resolved, xero: present },
			{
				policy,
				resolution: item.resolution,
				modifiedAt: item.modifiedAt,
				lockDate: null,
				...(one.lineTaxes && { lineTaxes: one.lineTaxes }),
			},
		);
		planned.push({ one, present, merged, explained: explainMerge(merged, turn.scope.system) });
	}
	return { planned, gone };
}

/** Brings linked records and Xero's together: writes what the merge says, and nothing else. */
export async function changeRecords(turn: PushTurn, items: readonly LinkedItem[]): Promise<void> {
	const { planned, gone } = await planChanges(turn, items);
	await turn.save(await Promise.all(gone.map((one) => goneOutcome(turn, one))));
	const toSend = planned.filter(
		({ merged, explained }) => hasWrite(merged) && explained.standing !== 'conflict',
	);
	const others = planned.filter((one) => !toSend.includes(one));
	await turn.save(await Promise.all(others.map((one) => settledOutcome(turn, one))));

	const { entity } = turn;
	const elements = toSend.map((one) => elementOf(turn, one));
	const sizes = elements.map((element) => Buffer.byteLength(JSON.stringify(element)));
	const limits = { ...XERO_BATCH_LIMITS, maxElements: entity.atOnce };
	for (const { start, end } of planBatches(sizes, limits)) {
		await sendBatch(turn, toSend.slice(start, end), elements.slice(start, end));
	}
}

function hasWrite({ write }: MergedRecord): boolean {
	return Object.keys(write).length > 0;
}

function elementOf(
	{ entity, writePolicy }: PushTurn,
	{ one, present, merged }: PlannedChange,
): XeroRecord {
	return {
		[entity.xero.idField]: one.link.xeroId,
		...repeatedMembers(entity.name, present, writePolicy),
		...merged.write,
	};
}

async function sendBatch(
	turn: PushTurn,
	batch: readonly PlannedChange[],
	elements: readonly XeroRecord[],
): Promise<void> {
	const { calls, entity, claimed } = turn;
	const fate = await calls.write({
		...{ entity, method: 'POST', elements },
		positions: batch.map(({ one }) => one.item.position),
		seed: `${claimed.push.id} ${batch.map(({ one }) => one.item.attempt).join(' ')}`,
	});
	if (fate.kind === 'refused' && batch.length > 1) {
		// The same change twice is one change: each by itself, so that one bad record holds up no other.
		for (const [index, one] of batch.entries()) {
			await sendBatch(turn, [one], [elements[index] as XeroRecord]);
		}
		return;
	}
	const fates: readonly ElementFate[] =
		fate.kind === 'fates'
			? fate.fates
			: batch.map(() =>
					fate.kind === 'refused'
						? { ok: false, reason: 'refused', sentences: fate.sentences }
						: { ok: false, reason: 'unmentioned' },
				);
	const outcomes = batch.map((one, index) =>
		outcomeOf(turn, one, elements[index] as XeroRecord, fates[index]),
	);
	await turn.save(await Promise.all(outcomes));
}

/** A change whose answer was lost is compared with what Xero has then. */
const LOOK_AGAIN_MS = 15_000;

async function outcomeOf(
	turn: PushTurn,
	planned: PlannedChange,
	element: XeroRecord,
	fate: ElementFate | undefined,
): Promise<ItemOutcome> {
	const { one, present, merged, explained } = planned;
	const { position } = one.item;
	if (fate?.ok !== true) {
		if (fate?.reason !== 'refused') {
			return {
				...{ position, state: 'pending', afterMs: LOOK_AGAIN_MS },
				message: 'Xero did not answer. What it has is read before anything is sent again.',
				nextStep: 'Nothing: it goes on by itself.',
			};
		}
		const { sentences } = fate;
		return {
			...{ position, state: 'failed', xeroId: one.link.xeroId },
			message: sentences.join(' ') || 'Xero refused it without a reason.',
			nextStep: nextStepOf(sentences),
		};
	}
	const base = agreedBase(merged, fate.record);
	const hash = contentHash(one.item.fields);
	const taken = await agree(turn, one, { xeroId: one.link.xeroId, base, hash });
	if (taken !== undefined) return taken;
	const written = Object.keys(merged.write);
	const isWarning = explained.standing === 'warning' || one.warning !== null;
	return {
		...{ position, state: isWarning ? 'warning' : 'synced' },
		...{ xeroId: one.link.xeroId, change: 'updated' },
		message: joined(explained.message, one.warning?.message),
		nextStep: joined(explained.nextStep, one.warning?.nextStep),
		previous: Object.fromEntries(
			written
				.filter((member) => element[member] !== undefined)
				.map((member) => [member, present[member] ?? null]),
		),
		detail: one.totals && { totals: one.totals },
	};
}

/** Nothing is to be written: both sides say the same, or one of them has to move. */
async function settledOutcome(
	turn: PushTurn,
	{ one, merged, explained }: PlannedChange,
): Promise<ItemOutcome> {
	const { item, link } = one;
	const of = { position: item.position, xeroId: link.xeroId };
	const told = { message: explained.message, nextStep: explained.nextStep };
	if (explained.standing === 'conflict') {
		return { ...of, state: 'conflict', ...told, detail: { conflicts: merged.conflicts } };
	}
	// An archived contact or a voided document stays linked: a person may bring it back, or remove the link.
	const hash = contentHash(item.fields);
	const isFailed = explained.standing === 'failed';
	const taken = await agree(turn, one, {
		...{ xeroId: link.xeroId, base: merged.base },
		hash: isFailed ? '' : hash,
	});
	if (taken !== undefined) return taken;
	if (isFailed) return { ...of, state: 'failed', ...told };
	const isFound = one.found !== undefined;
	return {
		...of,
		state: explained.standing === 'warning' ? 'warning' : isFound ? 'synced' : 'unchanged',
		message: told.message ?? (isFound ? 'Xero had this record already. It is linked now.' : null),
		nextStep: told.nextStep,
	};
}

async function goneOutcome(turn: PushTurn, { item, link }: LinkedItem): Promise<ItemOutcome> {
	const reason = 'Xero does not have this record any more.';
	const nextStep = 'Remove the link and retry to make it anew, or link another record.';
	await turn.links.break(link.id, `${reason} ${nextStep}`);
	return {
		position: item.position,
		state: 'failed',
		xeroId: link.xeroId,
		message: reason,
		nextStep,
	};
}

function joined(...texts: ReadonlyArray<string | null | undefined>): string | null {
	return texts.filter(Boolean).join(' ') || null;
}
