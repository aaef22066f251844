import { MOST_SCOPES, SCOPES_PATTERN } from '../../administration/appKeysRequest';
import { SCOPE_PRESETS, type ScopePreset } from '../../workspaces/scopePresets';
import { areaKey, readScopeChoice, writeScopeChoice } from '../../xero/identity/scopeChoice';
import {
	SCOPE_GROUPS,
	SCOPES_BY_APPROVAL,
	type ScopeArea,
	type ScopeGroup,
	type ScopeLevel,
} from '../../xero/identity/xeroScopes';
import type { FormState } from '../show/readForm';

/** What each preset is called. */
export const PRESET_LABELS: Readonly<Record<ScopePreset, string>> = {
	everything: 'Everything these nodes can do',
	standard: 'Accounting',
	read_only: 'Accounting, read only',
	invoicing: 'Contacts, invoices and payments',
};

/** An area as its line of the form shows it. */
export interface AreaView {
	/** Of its radio buttons. */
	readonly field: string;
	readonly label: string;
	readonly scope: string;
	readonly level: ScopeLevel;
	readonly levels: readonly ScopeLevel[];
}

export interface ScopeGroupView extends Omit<ScopeGroup, 'areas'> {
	readonly areas: readonly AreaView[];
	/** Whether anything of it is asked for. */
	readonly isOn: boolean;
}

export interface ScopesView {
	readonly groups: readonly ScopeGroupView[];
	/** Scopes that the hub does not know, space separated. */
	readonly other: string;
}

export function scopesView(scopes: readonly string[]): ScopesView {
	const { levels, other } = readScopeChoice(scopes);
	const viewOf = (area: ScopeArea): AreaView => ({
		field: fieldOf(area),
		label: area.label,
		scope: area.write ?? area.read ?? '',
		level: levels.get(areaKey(area)) ?? 'off',
		levels: [
			'off',
			...(area.read === undefined ? [] : ['read' as const]),
			...(area.write === undefined ? [] : ['write' as const]),
		],
	});
	const groups = SCOPE_GROUPS.map((group) => {
		const areas = group.areas.map(viewOf);
		return { ...group, areas, isOn: areas.some(({ level }) => level !== 'off') };
	});
	return { groups, other: other.join(' ') };
}

/**
 * What the form says. Where it cannot be used, the choice comes back with what is wrong.
 *
 * @param saved what is asked for so far: what says who consents stays, and what was ticked before needs no new word
 */
export function readScopesForm(
	body: Readonly<Record<string, unknown>>,
	saved: readonly string[],
): { readonly scopes: readonly string[]; readonly errors: FormState['errors'] } {
	const levels = new Map<string, ScopeLevel>();
	for (const area of SCOPE_GROUPS.flatMap(({ areas }) => areas)) {
		const level = body[fieldOf(area)];
		if (level === 'read' || level === 'write') levels.set(areaKey(area), level);
	}
	const otherText = typeof body['other'] === 'string' ? body['other'].trim() : '';
	const other = otherText === '' ? [] : otherText.split(/\s+/);
	const { identity } = readScopeChoice(saved);
	const scopes = writeScopeChoice({ levels, identity, other });
	const errors: Record<string, string> = {};
	if (scopes.join(' ').length > MOST_SCOPES) errors['other'] = 'These are too many scopes.';
	if (other.length > 0 && !SCOPES_PATTERN.test(other.join(' '))) {
		errors['other'] = 'Write scopes such as accounting.contacts, with spaces between them.';
	}
	const isNewByApproval = scopes.some(
		(scope) => SCOPES_BY_APPROVAL.has(scope) && !saved.includes(scope),
	);
	if (isNewByApproval && body['approved'] !== 'yes') {
		errors['approved'] =
			'Some of what you ticked is for approved apps only. Tick this box if Xero has approved yours.';
	}
	if (levels.size === 0 && other.length === 0) errors['other'] ??= 'Choose at least one area.';
	return { scopes, errors };
}

/** The preset that is exactly this list. */
export function presetOf(scopes: readonly string[]): ScopePreset | undefined {
	const wanted = [...scopes].sort().join(' ');
	return Object.entries(SCOPE_PRESETS).find(
		([, text]) => text.split(' ').sort().join(' ') === wanted,
	)?.[0] as ScopePreset | undefined;
}

function fieldOf(area: ScopeArea): string {
	return `level-${areaKey(area)}`;
}

/** The preset's name, or how many areas of each level. */
export function scopesInWords(scopes: readonly string[]): string {
	const preset = presetOf(scopes);
	if (preset !== undefined) return PRESET_LABELS[preset];
	const { levels, other } = readScopeChoice(scopes);
	const count = (level: ScopeLevel) => [...levels.values()].filter((one) => one === level).length;
	const parts = [
		[count('write'), 'to read and write'],
		[count('read'), 'to read'],
		[other.length, 'of your own'],
	] as const;
	return parts
		.filter(([number]) => number > 0)
		.map(([number, what]) => `${number} ${what}`)
		.join(', ');
}
