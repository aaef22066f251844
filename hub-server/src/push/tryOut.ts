import type { Link } from '../links/Link';
import { planChanges } from './changeRecords';
import { elementOf, lookFor } from './createRecords';
import type { PushItemDetail } from './Push';
import type { ItemOutcome } from './PushLedger';
import type { ClaimedItem, LinkedItem, PreparedItem, PushTurn } from './PushTurn';

/** A dry run: what a push would do with each record. Reads, and writes neither to Xero nor to links. */
export async function tryOut(
	turn: PushTurn,
	ready: readonly PreparedItem[],
	linkOf: ReadonlyMap<number, Link | undefined>,
): Promise<void> {
	const linked: LinkedItem[] = [];
	const unlinked: ClaimedItem[] = [];
	for (const one of ready) {
		const link = linkOf.get(one.item.position);
		if (link !== undefined && link.xeroId !== null) {
			linked.push({ ...one, link: { ...link, xeroId: link.xeroId } });
		} else unlinked.push({ ...one, link: link ?? noLink(turn, one) });
	}
	const outcomes: ItemOutcome[] = [];
	const found = await lookFor(turn, unlinked);
	for (const one of unlinked) {
		const result = found.get(one.item.position) ?? { kind: 'none' };
		const { position } = one.item;
		if (result.kind === 'one') {
			const xeroId = String(result.record[turn.entity.xero.idField]);
			linked.push({ ...one, link: { ...one.link, xeroId, base: null }, found: result.record });
		} else if (result.kind === 'doubtful') {
			outcomes.push({
				...{ position, state: 'conflict', message: result.message },
				nextStep: 'Link the record to the one it is, or push with matchBy.',
			});
		} else if (turn.claimed.push.options.mode === 'update') {
			outcomes.push({
				...{ position, state: 'skipped' },
				message: 'It is not in Xero, and this push only changes what is there.',
			});
		} else {
			outcomes.push(would('create', one, elementOf(turn, one)));
		}
	}
	const { planned, gone } = await planChanges(turn, linked);
	for (const { item } of gone) {
		outcomes.push({
			...{ position: item.position, state: 'failed' },
			message: 'Xero does not have this record any more.',
			nextStep: 'Remove the link to make it anew, or link another record.',
		});
	}
	for (const { one, merged, explained } of planned) {
		const { standing, message, nextStep } = explained;
		const of = { position: one.item.position, xeroId: one.link.xeroId, message, nextStep };
		if (standing === 'conflict') {
			outcomes.push({ ...of, state: 'conflict', detail: { conflicts: merged.conflicts } });
		} else if (standing === 'failed') outcomes.push({ ...of, state: 'failed' });
		else if (Object.keys(merged.write).length === 0) outcomes.push({ ...of, state: 'unchanged' });
		else outcomes.push({ ...would('update', one, merged.write), xeroId: one.link.xeroId });
	}
	await turn.save(outcomes);
}

function would(
	what: 'create' | 'update',
	{ item, totals, warning }: PreparedItem,
	resolved: PushItemDetail['resolved'],
): ItemOutcome {
	return {
		...{ position: item.position, state: warning === null ? 'skipped' : 'warning' },
		message: `A push would ${what} it. ${warning?.message ?? ''}`.trim(),
		nextStep: warning?.nextStep,
		detail: { would: what, ...(resolved && { resolved }), ...(totals && { totals }) },
	};
}

function noLink({ claimed: { push }, now }: PushTurn, { item }: PreparedItem): Link {
	return {
		...{ tenantId: push.tenantId, system: push.system, entity: push.entity },
		...{ externalId: item.externalId, id: '', xeroId: null, state: 'claiming', reason: null },
		...{ base: null, pushedHash: null, pushId: null, sentAt: null },
		...{ createdAt: now(), updatedAt: now() },
	};
}
