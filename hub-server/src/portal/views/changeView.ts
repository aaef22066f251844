import type { StoredEvent } from '../../events/StoredEvent';
import { textOf } from '../show/texts';

/** One member of a record that a change has moved. */
export interface ChangedMember {
	/** As people read it. */
	readonly label: string;
	readonly before: string;
	/** Undefined where the record was not kept with the event. */
	readonly after: string | undefined;
}

/** A list of invoice lines is long. */
const LONGEST = 300;

/** What the event says has moved, member by member. */
export function changedMembers({
	difference,
	record,
}: Pick<StoredEvent, 'difference' | 'record'>): readonly ChangedMember[] {
	if (difference === undefined) return [];
	return difference.changed.map((member) => ({
		label: textOf.words(member),
		before: valueText(member, difference.previous[member]),
		after: record && valueText(member, record[member]),
	}));
}

/** A member's value in a line. */
export function valueText(member: string, value: unknown): string {
	if (value === undefined || value === null || value === '') return '–';
	if (typeof value === 'boolean') return value ? 'Yes' : 'No';
	if (typeof value === 'string') return cut(xeroTime(member, value) ?? value);
	if (typeof value === 'object') {
		const { Name: name } = value as { readonly Name?: unknown };
		return cut(typeof name === 'string' ? name : JSON.stringify(value));
	}
	return String(value);
}

/** Xero's `/Date(1764460800000+0000)/`: a moment where the member says UTC, else a day. */
function xeroTime(member: string, value: string): string | undefined {
	const at = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(value)?.[1];
	if (at === undefined || Math.abs(Number(at)) > 8.64e15) return undefined;
	return member.endsWith('UTC') ? textOf.exactTime(Number(at)) : textOf.day(Number(at));
}

function cut(text: string): string {
	return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
