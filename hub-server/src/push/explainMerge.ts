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
		...(conflicts.length === 0
			? []
			: [
					{
						message: `${system} and Xero both changed ${named(conflicts)} since they last agreed.`,
						nextStep: 'Say which side counts: resolve it with xero or with external.',
					},
				]),
		...[...new Set(closed.map(({ reason }) => reason))].map((reason) => {
			const of = closed.filter((member) => member.reason === reason);
			return {
				message: `${named(of)} stays as Xero has it. ${reason}`,
				nextStep: of[0]?.nextStep ?? '',
			};
		}),
		...(overruled.length === 0
			? []
			: [
					{
						message: `${system} and Xero both changed ${named(overruled)}, and Xero's counts.`,
						nextStep: takeOver,
					},
				]),
		...(behind.length === 0
			? []
			: [{ message: `Xero has changed ${named(behind)} meanwhile.`, nextStep: takeOver }]),
	];
	return {
		standing: standingOf(merged),
		message: told.map(({ message }) => message).join(' ') || null,
		nextStep: [...new Set(told.map(({ nextStep }) => nextStep))].join(' ') || null,
	};
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
