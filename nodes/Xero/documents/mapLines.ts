import { collect, refuseInput, type Outcome } from '../errors/failure';
import type { Members } from '../fields/Field';
import { writeFields } from '../fields/writeFields';
import { isMissing } from '../values/isMissing';
import type { LineField } from './LineField';

/** Where a field of a line is found in an entry. */
interface Column {
	/** Name of the field in the editor. */
	readonly field: string;
	readonly path: string;
	/** Whether entries may go without it. */
	readonly isOptional: boolean;
}

/**
 * Lines from the entries of a list with names of its own. A column that an entry lacks is refused: a
 * misspelt price would make lines that are worth nothing. One whose name ends with `?` may be missing.
 *
 * @param columns the fixed collection *Columns*
 */
export function mapLines(
	fields: readonly LineField[],
	entries: readonly unknown[],
	columns: unknown,
): Outcome<Members[]> {
	const chosen = columnsOf(columns);
	if (chosen.length === 0) {
		return refuseInput('No column of the lines is mapped', 'Add Columns, such as Description.');
	}
	const missing = chosen.find((column) => isNowhere(column, entries));
	if (missing !== undefined) return refuseMissing(missing, fields, entries);
	return collect(
		entries.map((entry, index) => {
			const label = `Line ${index + 1}`;
			if (typeof entry !== 'object' || entry === null) {
				return refuseInput(`${label} is not an object: ${JSON.stringify(entry)}`);
			}
			const lacking = chosen.find(
				({ path, isOptional }) => !isOptional && isMissing(valueAt(entry, path)),
			);
			if (lacking !== undefined) {
				return refuseInput(`${label} has no \`${lacking.path}\``, adviceFor(lacking, fields));
			}
			const row = chosen.map(({ field, path }) => [field, valueAt(entry, path)] as const);
			return writeFields(fields, Object.fromEntries(row), label);
		}),
	);
}

function columnsOf(columns: unknown): Column[] {
	const { column = [] } = columns as { column?: ReadonlyArray<Record<string, unknown>> };
	return column.map(({ field, from }) => {
		const path = String(from).trim();
		return { field: String(field), path: path.replace(/\?$/, ''), isOptional: path.endsWith('?') };
	});
}

function isNowhere({ path, isOptional }: Column, entries: readonly unknown[]): boolean {
	if (isOptional || !entries.some((entry) => typeof entry === 'object')) return false;
	return entries.every((entry) => valueAt(entry, path) === undefined);
}

function refuseMissing(
	column: Column,
	fields: readonly LineField[],
	entries: readonly unknown[],
): Outcome<never> {
	const { path } = column;
	return refuseInput(
		`No entry has \`${path}\`; entries have: ${namesNear(path, entries).join(', ')}`,
		adviceFor(column, fields),
	);
}

function adviceFor({ field, path }: Column, fields: readonly LineField[]): string {
	const column = fields.find(({ property }) => property.name === field)?.property.displayName;
	return `Correct From of the column ${column ?? field}. Write \`${path}?\` if entries may go without it.`;
}

/** As many names as fit a message. */
const NAMED = 20;

/** The names beside the first part of the path that leads nowhere. */
function namesNear(path: string, entries: readonly unknown[]): string[] {
	const parts = path.split('.');
	for (let depth = parts.length - 1; depth > 0; depth--) {
		const prefix = parts.slice(0, depth).join('.');
		const names = namesOf(entries.map((entry) => valueAt(entry, prefix)));
		if (names.length > 0) return names.map((name) => `${prefix}.${name}`);
	}
	return namesOf(entries);
}

function namesOf(values: readonly unknown[]): string[] {
	const names = values.flatMap((value) =>
		typeof value === 'object' && value !== null ? Object.keys(value) : [],
	);
	return [...new Set(names)].slice(0, NAMED);
}

/** `product.title` of `{ product: { title: … } }`. */
function valueAt(entry: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(value, name) =>
				typeof value === 'object' && value !== null
					? (value as Record<string, unknown>)[name.trim()]
					: undefined,
			entry,
		);
}
