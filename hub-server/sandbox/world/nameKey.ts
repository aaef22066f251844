/**
 * A name as Xero tells names apart: without regard to case, to blanks around it and to repeated blanks
 * inside (pinelab-vendure-plugins#505).
 */
export function nameKey(name: string): string {
	return name.trim().split(/\s+/).join(' ').toLowerCase();
}
