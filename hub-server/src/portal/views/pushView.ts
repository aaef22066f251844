import type { FieldConflict, Push, PushItem } from '../../push/Push';
import { prettyJson } from '../show/prettyJson';
import { textOf } from '../show/texts';

/** A push as its pages show it. */
export interface PushView extends Push {
	/** Such as `Contacts from crm`. */
	readonly title: string;
	readonly organisation: string;
	readonly standing: { readonly tone: string; readonly word: string };
	/** Records. */
	readonly total: number;
	/** In the order of {@link STATES}, those that there are. */
	readonly states: ReadonlyArray<{
		readonly name: PushItem['state'];
		readonly word: string;
		readonly tone: string;
		readonly count: number;
	}>;
}

/** First what needs a person. */
export const STATES: Readonly<Record<PushItem['state'], { word: string; tone: string }>> = {
	conflict: { word: 'Conflict', tone: 'bad' },
	unmapped: { word: 'Unmapped', tone: 'bad' },
	failed: { word: 'Failed', tone: 'bad' },
	pending: { word: 'On its way', tone: 'info' },
	warning: { word: 'Synced, with a warning', tone: 'warn' },
	synced: { word: 'Synced', tone: 'good' },
	unchanged: { word: 'Unchanged', tone: '' },
	skipped: { word: 'Skipped', tone: '' },
	undone: { word: 'Undone', tone: '' },
};

export function itemWord(state: PushItem['state']) {
	return STATES[state];
}

const WAITS = {
	day_budget: 'Waits for tomorrow’s calls',
	minute: 'Waits for Xero’s minute',
	reauth: 'Waits for a reconnect',
	lease: 'Waits for its turn',
} as const;

export function pushView(push: Push, nameOf: (tenantId: string) => string): PushView {
	const states = Object.entries(STATES).flatMap(([name, { word, tone }]) => {
		const count = push.counts[name as PushItem['state']] ?? 0;
		return count === 0 ? [] : [{ name: name as PushItem['state'], word, tone, count }];
	});
	const needsPerson = states.some(({ tone }) => tone === 'bad');
	const kind = `${textOf.words(push.entity)}s`;
	return {
		...push,
		title:
			push.kind === 'undo'
				? `Undo of ${kind.toLowerCase()} from ${push.system}`
				: `${kind} from ${push.system}`,
		organisation: nameOf(push.tenantId),
		standing:
			push.status === 'running'
				? { tone: 'info', word: push.waitingFor === null ? 'Running' : WAITS[push.waitingFor] }
				: needsPerson
					? { tone: 'warn', word: 'Needs a look' }
					: { tone: 'good', word: 'Finished' },
		total: states.reduce((sum, { count }) => sum + count, 0),
		states,
	};
}

/** A member that both sides changed, as texts side by side. */
export interface ConflictRow {
	readonly member: string;
	readonly base: string;
	readonly xero: string;
	readonly external: string;
}

export function conflictRows(conflicts: readonly FieldConflict[]): readonly ConflictRow[] {
	return conflicts.map(({ member, base, xero, external }) => ({
		member,
		base: shown(base),
		xero: shown(xero),
		external: shown(external),
	}));
}

function shown(value: unknown): string {
	if (value === undefined || value === null || value === '') return '–';
	return typeof value === 'object' ? prettyJson(value) : String(value);
}
