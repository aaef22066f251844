import { success, type Outcome } from '../errors/failure';
import type { Field, Members } from './Field';

/**
 * The record that a collection of fields describes. Fields that are absent or blank add nothing;
 * fields that write the same array (a line's two tracking options) add up.
 *
 * @param context goes before the field's name in a refusal, such as `Line Items 2`
 */
export function writeFields(
	fields: readonly Field[],
	values: unknown,
	context = '',
): Outcome<Members> {
	const given = (values ?? {}) as Record<string, unknown>;
	const record: Record<string, unknown> = {};
	for (const { property, write } of fields) {
		const label = [context, property.displayName].filter(Boolean).join(': ');
		const members = write(given[property.name], label);
		if (!members.ok) return members;
		for (const [name, member] of Object.entries(members.value)) {
			const present = record[name];
			record[name] =
				Array.isArray(present) && Array.isArray(member) ? [...present, ...member] : member;
		}
	}
	return success(record);
}
