import { collect, refuseInput, success, type Outcome } from '../errors/failure';
import type { Members, Writer } from '../fields/Field';
import { parseTracking } from '../fields/tracking';
import { isBlank } from '../values/isBlank';
import { memberNames, type LineItemsKind } from './LineItemsKind';

/** Xero allows two tracking categories, and so two entries on a line. */
const MAX_TRACKING = 2;

/**
 * One line that came as data: Xero's names in any case (`unitAmount`, `UnitAmount`), amounts as
 * numbers or text, tracking as Xero's objects or as `Region: North`. A name that lines of this kind do
 * not have is refused: Xero would drop it without a word, and with it what a misspelt amount says.
 */
export function readLineItem(kind: LineItemsKind, line: unknown, label: string): Outcome<Members> {
	if (typeof line !== 'object' || line === null || Array.isArray(line)) {
		return refuseInput(`${label} is not an object`, 'Write each line as {"Description": "…", …}.');
	}
	const writers = writersOf(kind);
	const record: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(line)) {
		const known = writers.get(key.toLowerCase());
		if (known === undefined) {
			return refuseInput(
				`${label} has ${JSON.stringify(key)}, which is no member of a line here`,
				`A line can have: ${memberNames(kind.fields).join(', ')}.`,
			);
		}
		if (isBlank(value)) continue;
		const members = known.write(value, `${label}: ${known.member}`);
		if (!members.ok) return members;
		Object.assign(record, members.value);
	}
	return success(record);
}

interface Known {
	readonly member: string;
	readonly write: Writer;
}

/** By Xero's name in lower case. */
function writersOf({
	fields,
	others,
	readTracking = parseTracking,
}: LineItemsKind): ReadonlyMap<string, Known> {
	const known: Known[] = [
		...Object.entries(others).map(([member, write]) => ({ member, write })),
		...fields.map(({ member, write }) => ({
			member,
			write: member === 'Tracking' ? asTrackingEntries(readTracking) : onlyPlain(write),
		})),
	];
	return new Map(known.map((one) => [one.member.toLowerCase(), one]));
}

/** A structure where a line has one value would reach Xero as `[object Object]`. */
function onlyPlain(write: Writer): Writer {
	return (value, label) =>
		typeof value === 'object' && value !== null && !('value' in value)
			? refuseInput(`${label} is not a text or number: ${JSON.stringify(value)}`)
			: write(value, label);
}

const asTrackingEntries =
	(readText: typeof parseTracking): Writer =>
	(value, label) => {
		const entries = Array.isArray(value) ? value : [value];
		if (entries.length > MAX_TRACKING) {
			return refuseInput(`${label} has ${entries.length} entries; Xero allows ${MAX_TRACKING}`);
		}
		const read = collect<unknown>(
			entries.map((entry) => (typeof entry === 'string' ? readText(entry, label) : success(entry))),
		);
		return read.ok ? success({ Tracking: read.value }) : read;
	};
