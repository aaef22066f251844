import type { ToldVersion } from '../records/recordStates';

/**
 * How far the time of a webhook's event and the record's own time of the same change may lie apart. Xero
 * says nothing of it, and no public record shows it: measure it before it is made smaller.
 */
export const TELLING_TOLERANCE_MS = 2_000;

/**
 * Whether a webhook's event that nobody has read has told the version that a sync has found: it came with
 * that change, or with a later one.
 */
export function hasToldVersion(
	event: { readonly occurredAt: number; readonly version: number | null },
	versionAt: number,
): boolean {
	return event.version === null
		? event.occurredAt >= versionAt - TELLING_TOLERANCE_MS
		: event.version >= versionAt;
}

/**
 * Whether a sync had told the change of a webhook's event before: `certainly`, when it told a later one;
 * `presumably`, when the two lie close together. Of the latter there is one: with it the change that the
 * sync told counts as told by both, and the next event close by is another.
 */
export function wasToldBefore(
	told: ToldVersion | null,
	occurredAt: number,
): 'certainly' | 'presumably' | 'no' {
	if (told === null || told.at === null) return 'no';
	if (occurredAt < told.at - TELLING_TOLERANCE_MS) return 'certainly';
	return told.isOpen && occurredAt <= told.at + TELLING_TOLERANCE_MS ? 'presumably' : 'no';
}
