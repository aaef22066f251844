import {
	planBatches,
	XERO_BATCH_LIMITS,
	type ElementFate,
	type XeroRecord,
} from '../../protocol/xero';
import { recordId } from '../records/FoundRecord';
import { firstBase } from './agreedBase';
import { COMPUTED_MEMBERS } from './computedMembers';
import { contentHash } from './contentHash';
import { contactNumberOf, findRecords, type FindDeps, type Found } from './findRecords';
import { nextStepOf } from './nextSteps';
import { LostLeaseError, type ItemOutcome } from './PushLedger';
import { agree, type ClaimedItem, type PushTurn } from './PushTurn';
import { isUrlMark, urlMark } from './recordMark';

/**
 * After so long a create whose answer was lost can be sent once more, where Xero does not have its record: nothing that
 * was sent before is still on its way. Xero gives its first answer to a key for six minutes (xero-facts 6.5), so
 * that it expects repeats for no longer, and nobody has reported a call that it carried out later; a minute is for clocks.
 */
export const LATE_COMMIT_MS = 7 * 60_000;

/** How long it waits before it looks for a record whose answer was lost. */
const LOOK_AGAIN_MS = 15_000;

/** Which claimed records have theirs in Xero already. */
export function lookFor(
	turn: PushTurn,
	items: readonly ClaimedItem[],
): Promise<ReadonlyMap<number, Found>> {
	return findRecords(
		findDeps(turn),
		items.map(({ item, link, resolved, total }) => ({
			position: item.position,
			externalId: item.externalId,
			fields: resolved,
			total,
			sentAt: link.sentAt ?? item.sentAt,
		})),
	);
}

/** Whose the records of the system are. */
function findDeps(turn: PushTurn): FindDeps {
	const { entity, scope, calls, publicUrl, links, claimed } = turn;
	const { idField } = entity.xero;
	return {
		...{ calls, entity, scope, publicUrl, now: turn.now() },
		matchBy: claimed.push.options.matchBy,
		async linkedToOthers(records, sought) {
			const own = new Set(sought.map(({ externalId }) => externalId));
			const taken = await links.ofXero(
				scope.workspaceId,
				scope.tenantId,
				records.map((record) => ({
					entity: entity.name,
					xeroId: recordId(String(record[idField])),
				})),
			);
			return new Map(
				taken
					.filter(
						({ system, externalId, state }) =>
							system === scope.system && !(own.has(externalId) && state === 'claiming'),
					)
					.map(({ xeroId, externalId }) => [String(xeroId).toLowerCase(), externalId]),
			);
		},
	};
}

/**
 * Makes records that Xero was just found not to have. The link says that a create is on its way before it leaves, and
 * what it became before the record counts as made: killed in between, the next turn looks in Xero first.
 */
export async function createRecords(turn: PushTurn, items: readonly ClaimedItem[]): Promise<void> {
	const { entity, now, save } = turn;
	const recent = items.filter(({ link }) => (link.sentAt ?? -Infinity) > now() - LATE_COMMIT_MS);
	await save(
		recent.map(({ item, link }) =>
			unknownOutcome(item.position, {
				reason: 'Xero did not answer when it was sent, and does not have it yet.',
				afterMs: Math.min(
					LOOK_AGAIN_MS,
					Math.max(1_000, (link.sentAt ?? 0) + LATE_COMMIT_MS - now()),
				),
			}),
		),
	);
	const due = items.filter((one) => !recent.includes(one));
	const elements = due.map((one) => elementOf(turn, one));
	const sizes = elements.map((element) => Buffer.byteLength(JSON.stringify(element)));
	const limits = { ...XERO_BATCH_LIMITS, maxElements: entity.atOnce };
	for (const { start, end } of planBatches(sizes, limits)) {
		await sendBatch(turn, due.slice(start, end), elements.slice(start, end));
	}
}

async function sendBatch(
	turn: PushTurn,
	batch: readonly ClaimedItem[],
	elements: readonly XeroRecord[],
): Promise<void> {
	const { calls, entity, links, claimed, save } = turn;
	const positions = batch.map(({ item }) => item.position);
	const linkIds = batch.map(({ link }) => link.id);
	await turn.markSent(positions, true);
	await links.markSent(linkIds, turn.now());
	let fate;
	try {
		fate = await calls.write({
			...{ entity, method: 'PUT', elements, positions },
			// A person may have mended at Xero what it refused before: that is another wish.
			seed: `${claimed.push.id} ${batch.map(({ item }) => item.attempt).join(' ')}`,
		});
	} catch (cause) {
		// Nothing left. One that another process works on now is its to give back.
		if (!(cause instanceof LostLeaseError)) {
			await links.release(linkIds);
			await turn.markSent(positions, false);
		}
		throw cause;
	}
	if (fate.kind === 'fates') return settle(turn, batch, elements, fate.fates);
	if (fate.kind === 'unknown') {
		const { reason } = fate;
		await save(
			positions.map((position) => unknownOutcome(position, { reason, afterMs: LOOK_AGAIN_MS })),
		);
		return;
	}
	if (batch.length === 1) {
		return settle(turn, batch, elements, [
			{ ok: false, reason: 'refused', sentences: fate.sentences },
		]);
	}
	if (fate.isUnread) return sendHalves(turn, batch, elements);
	// Nobody knows what Xero keeps of a request that it refuses as a whole (xero-reported §1).
	const saved = await lookFor(
		turn,
		batch.map((one) => ({ ...one, link: { ...one.link, sentAt: turn.now() } })),
	);
	const isSaved = ({ item }: ClaimedItem) => saved.get(item.position)?.kind === 'one';
	const made = batch.filter(isSaved);
	await settle(
		turn,
		made,
		made.map((one) => elements[batch.indexOf(one)] as XeroRecord),
		made.map(({ item }) => {
			const found = saved.get(item.position);
			return found?.kind === 'one'
				? { ok: true, record: found.record }
				: { ok: false, reason: 'unmentioned' };
		}),
	);
	for (const one of batch.filter((other) => !isSaved(other))) {
		await sendBatch(turn, [one], [elements[batch.indexOf(one)] as XeroRecord]);
	}
}

/** One of them cannot be read, and nothing was saved: the others are not to suffer. */
async function sendHalves(
	turn: PushTurn,
	batch: readonly ClaimedItem[],
	elements: readonly XeroRecord[],
): Promise<void> {
	const middle = Math.ceil(batch.length / 2);
	await sendBatch(turn, batch.slice(0, middle), elements.slice(0, middle));
	await sendBatch(turn, batch.slice(middle), elements.slice(middle));
}

async function settle(
	turn: PushTurn,
	batch: readonly ClaimedItem[],
	elements: readonly XeroRecord[],
	fates: readonly ElementFate[],
): Promise<void> {
	const refused = batch.filter((_one, index) => {
		const fate = fates[index];
		return fate?.ok === false && fate.reason === 'refused';
	});
	const outcomes = await Promise.all(
		batch.map((one, index) => outcomeOf(turn, one, elements[index] as XeroRecord, fates[index])),
	);
	await turn.links.release(refused.map(({ link }) => link.id));
	await turn.save(outcomes);
}

async function outcomeOf(
	turn: PushTurn,
	one: ClaimedItem,
	element: XeroRecord,
	fate: ElementFate | undefined,
): Promise<ItemOutcome> {
	const { position } = one.item;
	if (fate?.ok === true) return createdOutcome(turn, one, element, fate.record);
	if (fate?.reason === 'refused') {
		const { sentences } = fate;
		return {
			...{ position, state: 'failed' },
			message: sentences.join(' ') || 'Xero refused it without a reason.',
			nextStep: nextStepOf(sentences),
		};
	}
	return unknownOutcome(position, {
		reason: 'Xero answered without saying what became of it.',
		afterMs: LOOK_AGAIN_MS,
	});
}

/** @param record as Xero has it */
export async function createdOutcome(
	turn: PushTurn,
	one: ClaimedItem,
	element: XeroRecord,
	record: XeroRecord,
): Promise<ItemOutcome> {
	const { item, warning, totals } = one;
	const xeroId = recordId(String(record[turn.entity.xero.idField]));
	const base = firstBase(item.fields, element, record);
	const taken = await agree(turn, one, { xeroId, base, hash: contentHash(item.fields) });
	return (
		taken ?? {
			...{ position: item.position, state: warning === null ? 'synced' : 'warning' },
			...{ xeroId, change: 'created', message: warning?.message, nextStep: warning?.nextStep },
			detail: totals && { totals },
		}
	);
}

function unknownOutcome(
	position: number,
	{ reason, afterMs }: { readonly reason: string; readonly afterMs: number },
): ItemOutcome {
	return {
		...{ position, state: 'pending', afterMs },
		message: `${reason} Whether Xero has it is looked up before anything is sent again.`,
		nextStep: 'Nothing: it goes on by itself.',
	};
}

/** What leaves: with the hub's mark where there is room for one, and without what says nothing. */
export function elementOf(turn: PushTurn, { item, resolved }: ClaimedItem): XeroRecord {
	const { entity, scope, publicUrl } = turn;
	const record = { ...scope, entity: entity.name, externalId: item.externalId };
	// Xero takes no totals but its own (xero-mcp-server#190, xeroizer#86).
	const said = Object.fromEntries(
		Object.entries(resolved).filter(
			([member, value]) => value !== null && !COMPUTED_MEMBERS.has(member),
		),
	);
	return {
		...entity.usual,
		...said,
		...entity.fixed,
		...(entity.markIn === 'ContactNumber' && {
			ContactNumber: contactNumberOf(turn, { fields: resolved, externalId: item.externalId }),
		}),
		...(entity.markIn === 'Url' &&
			(said['Url'] === undefined || isUrlMark(said['Url'])) && { Url: urlMark(publicUrl, record) }),
	};
}
