import type { StoredEvent } from '../../events/StoredEvent';

/** A member of a record that a change has moved. */
export interface MemberChange {
	readonly member: string;
	/** As JSON where it is no plain value; undefined where it was not there. */
	readonly before: string | undefined;
	readonly after: string | undefined;
}

/** What an event's record said before, and after; none where no former state was known. */
export function memberChanges({
	difference,
	record,
}: Pick<StoredEvent, 'difference' | 'record'>): readonly MemberChange[] {
	return (difference?.changed ?? []).map((member) => ({
		member,
		before: words(difference?.previous[member]),
		after: words(record?.[member]),
	}));
}

const LONGEST = 300;

function words(value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	const text = typeof value === 'string' ? (dateWords(value) ?? value) : JSON.stringify(value);
	return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Xero's `/Date(1764460800000+0000)/`. */
function dateWords(value: string): string | undefined {
	const at = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(value)?.[1];
	if (at === undefined) return undefined;
	return new Date(Number(at)).toISOString().replace('T', ' ').slice(0, 19);
}
