import { IDENTITY_SCOPES, SCOPE_GROUPS, type ScopeArea, type ScopeLevel } from './xeroScopes';

/** A list of scopes, as it is chosen: a level for each area, and what no area has. */
export interface ScopeChoice {
	/** By {@link areaKey}; an area that is not in it is off. */
	readonly levels: ReadonlyMap<string, ScopeLevel>;
	/** Those that say who consents. */
	readonly identity: readonly string[];
	/** Scopes that the hub does not know, in their order. */
	readonly other: readonly string[];
}

/** Tells an area from all others: its scope without `.read`. */
export function areaKey({ read, write }: ScopeArea): string {
	return write ?? (read ?? '').replace(/\.read$/, '');
}

const AREAS = SCOPE_GROUPS.flatMap(({ areas }) => areas);

export function readScopeChoice(scopes: readonly string[]): ScopeChoice {
	const left = new Set(scopes);
	const identity = IDENTITY_SCOPES.filter((scope) => left.delete(scope));
	const levels = new Map<string, ScopeLevel>();
	for (const area of AREAS) {
		const { read = '', write = '' } = area;
		const [writes, reads] = [left.delete(write), left.delete(read)];
		if (writes || reads) levels.set(areaKey(area), writes ? 'write' : 'read');
	}
	return { levels, identity, other: [...left] };
}

/** The list, in the order of the groups. A level that an area does not have counts as the one that it has. */
export function writeScopeChoice({ levels, identity, other }: ScopeChoice): string[] {
	const chosen = AREAS.flatMap((area) => {
		const level = levels.get(areaKey(area)) ?? 'off';
		if (level === 'off') return [];
		const { read, write } = area;
		return [(level === 'write' ? (write ?? read) : (read ?? write)) as string];
	});
	return [...new Set([...identity, ...chosen, ...other])];
}
