import { causeOfGap, fateOfGap } from '../../gaps/describeGap';
import type { Gap } from '../../gaps/Gap';
import { textOf } from '../show/texts';
import { entityWords } from './entityWords';

/** A time in which webhooks may have been missed, as a page tells it. */
export interface GapView {
	readonly id: string;
	/** Epoch milliseconds. */
	readonly from: number;
	readonly until: number;
	readonly tone: 'good' | 'info' | 'warn';
	readonly word: string;
	/** Of the organisation, where a page has those of several. */
	readonly organisation: string | undefined;
	/** What told of it. */
	readonly cause: string;
	/** What becomes of it, and what stops it. */
	readonly fate: string;
	readonly read: readonly {
		readonly label: string;
		/** 3 changes; or how far it is. */
		readonly found: string;
	}[];
	/** Changes that nobody had told; undefined while it is not known. */
	readonly told: number | undefined;
}

export interface GapListView {
	readonly gaps: readonly GapView[];
	/** This page's own address. */
	readonly here: string;
	/** The page with older ones. */
	readonly older: string | undefined;
}

/**
 * @param at the page's address
 * @param nameOf absent: the page is about one organisation
 */
export function gapListView(
	{ items, nextCursor }: { readonly items: readonly Gap[]; readonly nextCursor: string | null },
	{
		at,
		after,
		nameOf,
	}: {
		readonly at: string;
		/** The cursor that the page was asked for with. */
		readonly after?: string | undefined;
		readonly nameOf?: (tenantId: string) => string;
	},
): GapListView {
	const page = (cursor: string) => `${at}?gaps=${encodeURIComponent(cursor)}`;
	return {
		here: after === undefined ? at : page(after),
		gaps: items.map((gap) => gapView(gap, nameOf)),
		older: nextCursor === null ? undefined : `${page(nextCursor)}#gaps`,
	};
}

function gapView(gap: Gap, nameOf: ((tenantId: string) => string) | undefined): GapView {
	const wasRead = gap.state === 'repaired' && gap.note === null;
	return {
		id: gap.id,
		from: gap.from,
		until: gap.until,
		...standingOf(gap),
		organisation: nameOf?.(gap.tenantId),
		cause: causeOfGap(gap),
		fate: fateOfGap(gap),
		read: gap.runs.map(({ entity, status, told }) => ({
			label: entityWords(entity),
			found: status === 'succeeded' ? textOf.plural(told, 'change') : UNFINISHED[status],
		})),
		told: wasRead ? gap.runs.reduce((sum, { told }) => sum + told, 0) : undefined,
	};
}

const UNFINISHED = { running: 'being read', waiting: 'waits', failed: 'not read' } as const;

function standingOf({ state, note, waitingFor }: Gap): Pick<GapView, 'tone' | 'word'> {
	switch (state) {
		case 'found':
			return { tone: 'info', word: 'Found' };
		case 'repairing':
			return { tone: 'info', word: 'Being read' };
		case 'waiting':
			return { tone: 'warn', word: waitingFor === 'sync_off' ? 'Not read' : 'Waits' };
		case 'repaired':
			return note === null
				? { tone: 'good', word: 'Made up for' }
				: { tone: 'warn', word: 'Not told' };
	}
}
