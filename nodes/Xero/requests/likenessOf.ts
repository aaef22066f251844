import { isObject, isSame } from '../../../hub-server/protocol/xero';
import { isBlank } from '../values/isBlank';
import { readXeroDates } from '../values/xeroDates';
import type { PartTraits, RecordTraits } from './RecordTraits';

/** Whether a record is what was sent; `doubtful` where both may be true. */
export type Likeness = 'same' | 'doubtful' | 'other';

type Members = Readonly<Record<string, unknown>>;

/**
 * Compares what was sent with a record of Xero's, by what its kind is known by. What was not sent says
 * nothing; what was sent and Xero does not show is doubtful.
 *
 * @param held the record, its dates readable
 */
export function likenessOf(
	sent: Members,
	held: Members,
	{ members, parts }: RecordTraits,
): Likeness {
	const likeness = worst(members.map((name) => ofMember(name, sent[name], held[name])));
	if (likeness === 'other' || parts === undefined) return likeness;
	return worst([likeness, ofParts(parts, sent, held)]);
}

function worst(all: readonly Likeness[]): Likeness {
	if (all.includes('other')) return 'other';
	return all.includes('doubtful') ? 'doubtful' : 'same';
}

function ofMember(name: string, sent: unknown, held: unknown): Likeness {
	if (isBlank(sent)) return 'same';
	if (isBlank(held)) return 'doubtful';
	if (isObject(sent)) return isObject(held) ? ofKeys(sent, held) : 'doubtful';
	if (name.endsWith('Date')) return ofDay(readXeroDates(sent), held);
	if (typeof held === 'number') {
		return Math.abs(Number(sent) - held) <= A_ROUNDED_CENT ? 'same' : 'other';
	}
	return isSame(sent, held) ? 'same' : 'other';
}

const A_ROUNDED_CENT = 0.01;

/** A contact by its id or its name, an account by its id or its code. */
function ofKeys(sent: Members, held: Members): Likeness {
	const shared = Object.keys(sent).filter((key) => !isBlank(sent[key]) && !isBlank(held[key]));
	if (shared.length === 0) return 'doubtful';
	return shared.every((key) => isSame(sent[key], held[key])) ? 'same' : 'other';
}

/** Xero also takes days that are written in other ways. */
function ofDay(sent: unknown, held: unknown): Likeness {
	const day = String(sent).slice(0, 10);
	if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return 'doubtful';
	return day === String(held).slice(0, 10) ? 'same' : 'other';
}

/** Xero does not keep the order of lines (Xero-NetStandard#374, xero-php#536, xero-python#111). */
function ofParts({ name, members, figures }: PartTraits, sent: Members, held: Members): Likeness {
	const wanted = listOf(sent[name]);
	const free = listOf(held[name]);
	if (wanted.length === 0) return 'same';
	if (free.length === 0) return 'doubtful';
	const likenessTo = (part: Members, one: Members) =>
		worst([
			...members.map((member) => ofMember(member, part[member], one[member])),
			...figures.map((figure) =>
				ofMember(figure, part[figure], one[figure]) === 'same' ? 'same' : 'doubtful',
			),
		]);
	const isStranger = (part: Members) => free.every((one) => likenessTo(part, one) === 'other');
	if (wanted.some(isStranger)) return 'other';
	const areSame =
		wanted.length === free.length &&
		wanted.every((part) => {
			const at = free.findIndex((one) => likenessTo(part, one) === 'same');
			return at >= 0 && free.splice(at, 1).length > 0;
		});
	return areSame ? 'same' : 'doubtful';
}

function listOf(value: unknown): Members[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}
