import type { Gap } from './Gap';

/** What happened, and what becomes of it, for people. */
export function describeGap(gap: Gap): string {
	return `${causeOfGap(gap)} ${fateOfGap(gap)}`;
}

/** What told of it. */
export function causeOfGap({ kind, from, until }: Gap): string {
	return CAUSES[kind](minute(from), minute(until));
}

const CAUSES: Readonly<Record<Gap['kind'], (from: string, until: string) => string>> = {
	outage: (from, until) =>
		`The hub did not run, or could not write, from ${from} to ${until}: Xero's webhooks found nobody.`,
	sequence: (from, until) =>
		`Xero numbers its events, and between ${from} and ${until} some numbers did not come.`,
	silence: (from, until) =>
		`A sync found changes that no webhook had told: none came between ${from} and ${until}.`,
	disabled: (from, until) =>
		`Xero sent nothing from ${from} to ${until}, for so long that it may have switched the webhook off.`,
};

/** What becomes of it, and where nothing does, what stops it. */
export function fateOfGap({ state, waitingFor, resumesAt, runs, note }: Gap): string {
	if (state === 'found') return 'What changed in that time will be read from Xero soon.';
	if (state === 'repairing') return 'What changed in that time is being read from Xero.';
	if (state === 'repaired') {
		if (note !== null) return note;
		const told = runs.reduce((sum, run) => sum + run.told, 0);
		return told === 0
			? 'What changed in that time was read from Xero: nothing was missed.'
			: `What changed in that time was read from Xero: ${changes(told)} that nobody had told, each told once now.`;
	}
	const again = resumesAt === null ? '' : ` It goes on at ${minute(resumesAt)}.`;
	const error = runs.find((run) => run.finishedAt === null && run.error !== null)?.error;
	switch (waitingFor) {
		case 'sync_off':
			return (
				'This hub runs with HUB_SYNC=off, so it reads nothing from Xero by itself. Xero sends what it could not ' +
				'deliver again for a day; for the rest set HUB_SYNC=on, or read what changed with Get Many and "modified since".'
			);
		case 'day_budget':
			return `Reading what changed waits until there are calls of the day left.${again}`;
		case 'reauth':
			return `Reading what changed waits until the organisation is connected again.${again}`;
		case 'failed':
			return `What changed could not be read: ${error ?? 'Xero did not answer.'}${again}`;
		case 'minute':
		case 'lease':
		case null:
			return `Reading what changed waits for Xero.${again}`;
	}
}

function changes(count: number): string {
	return count === 1 ? 'there was one change' : `there were ${count} changes`;
}

function minute(at: number): string {
	return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
