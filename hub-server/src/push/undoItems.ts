import {
	comparable,
	planBatches,
	XERO_BATCH_LIMITS,
	type ElementFate,
	type XeroRecord,
} from '../../protocol/xero';
import type { AgreedBase, Link } from '../links/Link';
import { recordId } from '../records/FoundRecord';
import { agreedBase } from './agreedBase';
import { namedPart } from './namedPart';
import { nextStepOf } from './nextSteps';
import type { DueItem, ItemOutcome } from './PushLedger';
import { externalOf, type PushTurn } from './PushTurn';
import { readPresent } from './readPresent';
import { isUrlMark } from './recordMark';
import { repeatedMembers } from './repeatedMembers';
import { unitIn, unitsOf, withUnits, type RecordUnit } from './recordUnits';
import { distinct, undoPlan, type DoneItem, type UndoStep } from './undoPlan';

/** A record of an undo, and how it is taken back. */
interface Undone {
	readonly item: DueItem;
	readonly done: DoneItem;
	/** Undefined where it was removed since, or is another record's now. */
	readonly link: Link | undefined;
	readonly present: XeroRecord | undefined;
	readonly step: UndoStep;
}

/** How long it waits before it looks at what a lost answer has done. */
const LOOK_AGAIN_MS = 15_000;

/**
 * A turn of an undo: takes back what a push has done to these records, as far as Xero allows, and saves of each what
 * became of it. Whatever it is stopped in, the next turn sees what Xero has by then: twice is harmless. The link of a
 * record that is gone is removed before the record counts as undone, so that the next push makes a new one.
 */
export async function undoItems(turn: PushTurn, items: readonly DueItem[]): Promise<void> {
	const planned = await planUndo(turn, items);
	const settled: ItemOutcome[] = [];
	for (const one of planned) {
		const { step } = one;
		if (step.kind === 'gone') settled.push(await goneOutcome(turn, one));
		else if (step.kind === 'impossible') settled.push({ ...failed(one), ...wordsOf(step) });
		else if (step.kind === 'remove') settled.push(await remove(turn, one, step.otherwise));
	}
	await turn.save(settled);
	await changeBack(
		turn,
		planned.filter(({ step }) => step.kind === 'change'),
	);
}

async function planUndo(turn: PushTurn, items: readonly DueItem[]): Promise<readonly Undone[]> {
	const { entity, calls, links, scope, claimed } = turn;
	const present = await readPresent(
		calls,
		entity,
		items.flatMap(({ xeroId }) => xeroId ?? []),
	);
	const found = await links.findMany(
		scope.workspaceId,
		items.map(({ externalId }) => externalOf(turn, externalId)),
	);
	return items.map((item, index) => {
		const xeroId = item.xeroId ?? '';
		const held = found[index];
		const link = comparable(held?.xeroId) === comparable(xeroId) ? held : undefined;
		const done: DoneItem = {
			...{ entity: entity.name, xeroId, change: xeroId === '' ? null : item.change },
			...{ fields: item.fields, previous: item.previous },
			base: link?.pushId === claimed.push.undoOf ? (link?.base ?? null) : null,
		};
		const record = present.get(comparable(xeroId));
		const step = undoPlan(done, record, `undone-${claimed.push.id}-${item.position}`);
		return { item, done, link, present: record, step };
	});
}

async function remove(
	turn: PushTurn,
	one: Undone,
	otherwise: XeroRecord | null,
): Promise<ItemOutcome> {
	const { done } = one;
	const fate = await turn.calls.remove(turn.entity, done.xeroId);
	if (fate.kind === 'removed') return goneOutcome(turn, one);
	if (fate.kind === 'unknown') return pending(one);
	if (otherwise === null) return refused(one, fate.sentences);
	const change = await send(turn, [one], [elementOf(turn, one, otherwise)]);
	const [result] = change;
	if (result?.ok !== true) return outcomeOf(turn, one, otherwise, result);
	return {
		...(await goneOutcome(turn, one)),
		message: `Xero does not delete it: ${fate.sentences.join(' ')} It was archived.`,
	};
}

async function changeBack(turn: PushTurn, all: readonly Undone[]): Promise<void> {
	const changes = await withoutMarks(turn, all);
	const elements = changes.map((one) =>
		elementOf(turn, one, one.step.kind === 'change' ? one.step.element : {}),
	);
	const sizes = elements.map((element) => Buffer.byteLength(JSON.stringify(element)));
	const isOne = turn.entity.name === 'payment';
	const limits = { ...XERO_BATCH_LIMITS, maxElements: isOne ? 1 : turn.entity.atOnce };
	for (const { start, end } of planBatches(sizes, limits)) {
		const batch = changes.slice(start, end);
		const fates = await send(turn, batch, elements.slice(start, end));
		const outcomes: ItemOutcome[] = [];
		for (const [index, one] of batch.entries()) {
			outcomes.push(await outcomeOf(turn, one, elements[start + index] ?? {}, fates[index]));
		}
		await turn.save(outcomes);
	}
}

/**
 * A voided document keeps its mark, and the next push would find it by that. One that a person has voided it is to find,
 * so that the mark is changed where the hub itself takes the document back.
 *
 * @returns those that can go on
 */
async function withoutMarks(
	turn: PushTurn,
	changes: readonly Undone[],
): Promise<readonly Undone[]> {
	const marked = changes.filter(
		({ done, step, present }) =>
			done.change === 'created' &&
			step.kind === 'change' &&
			step.element['Status'] === 'VOIDED' &&
			isUrlMark(present?.['Url']),
	);
	if (marked.length === 0) return changes;
	const fates = await send(
		turn,
		marked,
		marked.map((one) =>
			elementOf(turn, one, {
				Url: `${String(one.present?.['Url'])}#undone-${turn.claimed.push.id}`,
			}),
		),
	);
	const stopped = marked.filter((_one, index) => fates[index]?.ok !== true);
	await turn.save(
		stopped.map((one) => {
			const fate = fates[marked.indexOf(one)];
			return fate?.ok === false && fate.reason === 'refused'
				? refused(one, fate.sentences)
				: pending(one);
		}),
	);
	return changes.filter((one) => !stopped.includes(one));
}

/** Members that Xero wants with each change, as of a push. */
function elementOf(
	{ entity, writePolicy }: PushTurn,
	{ done, present }: Undone,
	element: XeroRecord,
): XeroRecord {
	return {
		[entity.xero.idField]: done.xeroId,
		...repeatedMembers(entity.name, present ?? {}, writePolicy),
		...element,
	};
}

/** Of what was refused as a whole, each by itself: the same change twice is one change. */
async function send(
	turn: PushTurn,
	batch: readonly Undone[],
	elements: readonly XeroRecord[],
): Promise<ReadonlyArray<ElementFate | undefined>> {
	const fate = await turn.calls.write({
		...{ entity: turn.entity, method: 'POST', elements },
		positions: batch.map(({ item }) => item.position),
		seed: `${turn.claimed.push.id} ${batch.map(({ item }) => item.attempt).join(' ')}`,
	});
	if (fate.kind === 'fates') return fate.fates;
	if (fate.kind === 'unknown') return batch.map(() => undefined);
	if (batch.length === 1) {
		return [{ ok: false, reason: 'refused', sentences: fate.sentences }];
	}
	const fates: Array<ElementFate | undefined> = [];
	for (const [index, one] of batch.entries()) {
		fates.push(...(await send(turn, [one], [elements[index] ?? {}])));
	}
	return fates;
}

async function outcomeOf(
	turn: PushTurn,
	one: Undone,
	element: XeroRecord,
	fate: ElementFate | undefined,
): Promise<ItemOutcome> {
	if (fate?.ok !== true) {
		return fate?.reason === 'refused' ? refused(one, fate.sentences) : pending(one);
	}
	if (one.done.change === 'created') return goneOutcome(turn, one);
	await keepRestored(turn, one, element, fate.record);
	const left = one.step.kind === 'change' ? one.step.left : [];
	const of = { position: one.item.position, xeroId: one.done.xeroId, change: 'updated' } as const;
	if (left.length === 0) return { ...of, state: 'undone' };
	return {
		...{ ...of, state: 'warning' },
		message: distinct(left.map(({ message }) => message)),
		nextStep: distinct(left.map(({ nextStep }) => nextStep)),
	};
}

/** Xero does not have it any more, or has it put away: the link would only mislead. */
async function goneOutcome(turn: PushTurn, { item, done, link }: Undone): Promise<ItemOutcome> {
	const of = { position: item.position, xeroId: item.xeroId, state: 'undone' } as const;
	if (done.change !== 'created') return of;
	if (link !== undefined) {
		await turn.links.remove(turn.scope.workspaceId, externalOf(turn, item.externalId));
	}
	return { ...of, change: 'deleted' };
}

/** Both sides are taken to have agreed on what was put back: what the other one still says counts as its change. */
async function keepRestored(
	{ links, claimed }: PushTurn,
	{ done, link }: Undone,
	element: XeroRecord,
	answered: XeroRecord,
): Promise<void> {
	if (link === undefined) return;
	const restored = unitsOf(
		Object.fromEntries(
			Object.keys(element)
				.filter((member) => done.fields[member] !== undefined)
				.map((member) => [member, done.fields[member]]),
		),
		answered,
	);
	const base = agreedBase(
		{ base: saidAgain(link.base ?? {}, restored, answered), write: element, written: restored },
		answered,
	);
	await links.agree(link.id, {
		...{ xeroId: recordId(done.xeroId), base },
		...{ pushedHash: null, pushId: claimed.push.id },
	});
}

function saidAgain(
	base: AgreedBase,
	units: readonly RecordUnit[],
	answered: XeroRecord,
): AgreedBase {
	return units.reduce<AgreedBase>((now, unit) => {
		const { member, part } = unit;
		const agreed = now[member] ?? { external: null, xero: null };
		const told = unitIn(answered, unit) ?? null;
		const external =
			part === null
				? namedPart(agreed.external, told)
				: withUnits(member, agreed.external, new Map([[part, told]]));
		return { ...now, [member]: { ...agreed, external } };
	}, base);
}

function failed({ item, done }: Undone) {
	return { position: item.position, xeroId: done.xeroId, state: 'failed' } as const;
}

function refused(one: Undone, sentences: readonly string[]): ItemOutcome {
	return {
		...failed(one),
		message: sentences.join(' ') || 'Xero refused it without a reason.',
		nextStep: nextStepOf(sentences),
	};
}

function wordsOf({ message, nextStep }: Extract<UndoStep, { kind: 'impossible' }>) {
	return { message, nextStep };
}

function pending({ item }: Undone): ItemOutcome {
	return {
		...{ position: item.position, state: 'pending', afterMs: LOOK_AGAIN_MS },
		message: 'Xero did not answer. What it has is read before anything is sent again.',
		nextStep: 'Nothing: it goes on by itself.',
	};
}
