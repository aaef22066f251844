import type { OrganisationStanding } from '../../administration/organisationStandings';
import { textOf } from '../show/texts';
import { entityWords } from './entityWords';
import { momentWords } from './syncWords';

type Tone = 'good' | 'info' | 'warn' | 'bad' | '';

/** A cell: what it says, and where that is mended. */
export interface StandingCell {
	readonly words: string;
	readonly href: string;
	readonly tone: Tone;
	/** For a moment, as ISO 8601. */
	readonly at?: string | undefined;
}

/** An organisation as the list over all workspaces shows it. */
export interface StandingView {
	readonly id: string;
	readonly name: string;
	readonly href: string;
	readonly workspace: { readonly name: string; readonly href: string };
	readonly state: StandingCell;
	readonly lastSync: StandingCell | undefined;
	readonly oldest: StandingCell | undefined;
	readonly calls: StandingCell | undefined;
	readonly alerts: StandingCell | undefined;
	readonly pushes: readonly StandingCell[];
	readonly broken: readonly StandingCell[];
}

/** Fewer calls than these may not do for the rest of a day. */
const FEW_CALLS = 100;

/** @param now epoch milliseconds */
export function standingView(standing: OrganisationStanding, now: number): StandingView {
	const { connectionId: id, tenantId, name, workspace, sync, pushes, broken } = standing;
	const at = `/w/${workspace.slug}`;
	const organisation = `org=${encodeURIComponent(tenantId)}`;
	return {
		id,
		name,
		href: `${at}/organisations#org-${id}`,
		workspace: { name: workspace.name, href: at },
		state: { ...STATES[standing.state], href: `${at}/organisations#org-${id}` },
		lastSync: lastSyncOf(sync, `${at}/sync/${id}`, now),
		oldest: oldestOf(sync, `${at}/sync/${id}`, now),
		calls: callsOf(standing.budget, `${at}/sync/${id}#plan`, now),
		alerts:
			standing.alerts === 0
				? undefined
				: { words: textOf.plural(standing.alerts, 'alert'), href: `${at}#alerts`, tone: 'bad' },
		pushes: cellsOf([
			[pushes.forPeople, 'needs you', 'need you', `${at}/pushes?${organisation}`, 'bad'],
			[
				pushes.running,
				'push under way',
				'pushes under way',
				`${at}/pushes?${organisation}`,
				'info',
			],
		]),
		broken: cellsOf([
			[broken.mappings, 'mapping', 'mappings', `${at}/mapping/${id}`, 'bad'],
			[broken.links, 'link', 'links', `${at}/pushes?${organisation}`, 'bad'],
		]),
	};
}

const STATES: Readonly<
	Record<OrganisationStanding['state'], Pick<StandingCell, 'words' | 'tone'>>
> = {
	connected: { words: 'Connected', tone: 'good' },
	off: { words: 'Off', tone: '' },
	reconnect: { words: 'Reconnect needed', tone: 'bad' },
	keys_refused: { words: 'App keys refused', tone: 'bad' },
};

function lastSyncOf(
	{ isOn, lastRun, failing }: OrganisationStanding['sync'],
	href: string,
	now: number,
): StandingCell | undefined {
	if (failing > 0) {
		return { words: `${textOf.plural(failing, 'list')} failing`, href, tone: 'bad' };
	}
	if (!isOn) return { words: 'Sync is off', href, tone: '' };
	if (lastRun === null) return undefined;
	const { at, status } = lastRun;
	const isFailed = status === 'failed';
	return {
		words: `${momentWords(at, now)}${isFailed ? ', failed' : ''}`,
		...{ href, tone: isFailed ? 'warn' : '', at: textOf.iso(at) },
	};
}

function oldestOf(
	{ isOn, oldest, stale }: OrganisationStanding['sync'],
	href: string,
	now: number,
): StandingCell | undefined {
	if (!isOn || oldest === null) return undefined;
	return {
		words: `${entityWords(oldest.entity)}, ${momentWords(oldest.at, now)}`,
		href: `${href}/streams/${oldest.streamId}`,
		...{ tone: stale > 0 ? 'warn' : '', at: textOf.iso(oldest.at) },
	};
}

function callsOf(
	budget: OrganisationStanding['budget'],
	href: string,
	now: number,
): StandingCell | undefined {
	if (budget === undefined) return undefined;
	if (budget.fullAt !== undefined) {
		return { words: `None before ${momentWords(budget.fullAt, now)}`, href, tone: 'bad' };
	}
	return { words: textOf.count(budget.left), href, tone: budget.left < FEW_CALLS ? 'warn' : '' };
}

function cellsOf(
	parts: readonly (readonly [count: number, one: string, many: string, href: string, tone: Tone])[],
): readonly StandingCell[] {
	return parts
		.filter(([count]) => count > 0)
		.map(([count, one, many, href, tone]) => ({
			words: textOf.plural(count, one, many),
			href,
			tone,
		}));
}
