import type { FieldConflict } from './Push';
import type { MergedRecord } from './mergeRecord';

/** How a merge ended, for the state of an item and for people. */
export interface MergeExplained {
	/**
	 * `conflict`: a person has to say. `failed`: Xero takes none of it. `warning`: something of it was not taken.
	 * `fine`: nothing was refused; the sentence, where there is one, tells what Xero has that the other side lacks.
	 */
	readonly standing: 'fine' | 'warning' | 'conflict' | 'failed';
	readonly message: string | null;
	readonly nextStep: string | null;
}

/** @param system the other system, as its workflows name it */
export function explainMerge(merged: MergedRecord, system: string): MergeExplained {
	const { conflicts, overruled, behind, closed } = merged;
	const takeOver = `Write Xero's value into ${system}, then set the link with what ${system} holds.`;
	const told = [
		...inWords(conflicts, {
			changed: (members) => `${system} and Xero both changed ${members} since they last agreed.`,
			different: (members) =>
				`${system} and Xero say different things of ${members}, and have never agreed on it.`,
			nextStep: 'Say which side counts: resolve it with xero or with external.',
		}),
		...[...new Set(closed.map(({ reason }) => reason))].map((reason) => {
			const of = closed.filter((member) => member.reason === reason);
			return {
				message: `${named(of)} stays as Xero has it. ${reason}`,
				nextStep: of[0]?.nextStep ?? '',
			};
		}),
		...inWords(overruled, {
			changed: (members) => `${system} and Xero both changed ${members}, and Xero's counts.`,
			different: (members) =>
				`${system} and Xero say different things of ${members}, and Xero's counts.`,
			nextStep: takeOver,
		}),
		...inWords(behind, {
			changed: (members) => `Xero has changed ${members} meanwhile.`,
			different: (members) => `Xero has ${members}, which ${system} left empty.`,
			nextStep: takeOver,
		}),
	];
	return {
		standing: standingOf(merged),
		message: told.map(({ message }) => message).join(' ') || null,
		nextStep: [...new Set(told.map(({ nextStep }) => nextStep))].join(' ') || null,
	};
}

/** What was never agreed on has changed on neither side: the two only say different things. */
function inWords(
	members: readonly FieldConflict[],
	words: {
		changed(members: string): string;
		different(members: string): string;
		readonly nextStep: string;
	},
): ReadonlyArray<{ readonly message: string; readonly nextStep: string }> {
	const changed = members.filter((member) => 'base' in member);
	const different = members.filter((member) => !('base' in member));
	return [
		...(changed.length === 0 ? [] : [words.changed(named(changed))]),
		...(different.length === 0 ? [] : [words.different(named(different))]),
	].map((message) => ({ message, nextStep: words.nextStep }));
}

function standingOf({
	conflicts,
	overruled,
	closed,
	write,
}: MergedRecord): MergeExplained['standing'] {
	if (conflicts.length > 0) return 'conflict';
	if (closed.length > 0) return Object.keys(write).length === 0 ? 'failed' : 'warning';
	return overruled.length > 0 ? 'warning' : 'fine';
}

/** `Name, EmailAddress and Phones.MOBILE`. */
function named(members: ReadonlyArray<Pick<FieldConflict, 'member'>>): string {
	const names = members.map(({ member }) => member);
	return names.length < 2
		? names.join('')
		: `${names.slice(0, -1).join(', ')} and ${String(names.at(-1))}`;
}
