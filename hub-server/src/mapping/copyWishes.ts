import { isGuid } from '../records/isGuid';
import type { StoredMapping } from './mappingStore';
import type { MappingWish } from './placeInChart';

/**
 * Mappings of one organisation as wishes for another: by what both call it, for ids are each organisation's own. Contacts are
 * left out: who is whose customer differs.
 */
export function copyWishes(mappings: readonly StoredMapping[]): readonly MappingWish[] {
	return mappings
		.filter(({ kind }) => kind !== 'contact')
		.map(({ system, kind, key, direction, value, label }) => ({
			...{ system, kind, key },
			// An account without a code goes by its name.
			value: typeof value === 'string' && isGuid(value) && label !== null ? label : value,
			...(direction !== undefined && { direction }),
		}));
}
