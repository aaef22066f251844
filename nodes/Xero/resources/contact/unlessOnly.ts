import { success } from '../../errors/failure';
import type { Writer } from '../../fields/Field';

/**
 * Leaves out groups and rows that have nothing but these members, which the editor fills in by itself:
 * an address that is only postal, or a term of no days, says nothing and would empty what Xero has.
 */
export function unlessOnly(names: readonly string[], write: Writer): Writer {
	const says = (members: object) => Object.keys(members).some((name) => !names.includes(name));
	return (value, label) => {
		const written = write(value, label);
		if (!written.ok) return written;
		const telling = Object.entries(written.value).flatMap(([name, part]): [string, unknown][] => {
			if (!Array.isArray(part)) return says(part as object) ? [[name, part]] : [];
			const rows = (part as object[]).filter(says);
			return rows.length === 0 ? [] : [[name, rows]];
		});
		return success(Object.fromEntries(telling));
	};
}
