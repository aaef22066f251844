import { comparable } from '../../../../hub-server/protocol/xero';
import type { Members } from '../../fields/Field';

/**
 * All components of a tax rate after a change: Xero neither removes nor renames one, and refuses a
 * change that does not repeat them all. A component is known by its name.
 *
 * @param changes components that are new, or have another rate
 * @see https://developer.xero.com/documentation/api/accounting/taxrates
 */
export function mergeComponents(
	known: readonly Members[] = [],
	changes: unknown,
): readonly Members[] {
	const given = Array.isArray(changes) ? (changes as readonly Members[]) : [];
	const kept = known.map((component) => ({
		...writable(component),
		...given.find((change) => nameOf(change) === nameOf(component)),
		Name: component['Name'],
	}));
	const names = new Set(known.map(nameOf));
	return [...kept, ...given.filter((change) => !names.has(nameOf(change)))];
}

function writable({ Rate, IsCompound, IsNonRecoverable }: Members): Members {
	return { Rate, IsCompound, IsNonRecoverable };
}

function nameOf({ Name }: Members): string {
	return comparable(Name);
}
