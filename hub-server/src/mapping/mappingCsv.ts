import { MAPPING_KINDS, type MappingKind } from '../database/tables';
import { csvRow, readCsv } from '../links/csv';
import { guardFormula, unguardFormula } from '../links/formulaCell';
import type { MappedValue, Mapping } from './Mapping';
import { ANY_SYSTEM } from './mappingStore';
import type { MappingWish } from './placeInChart';

/** In the order of an export. `label` is for people: an import passes over it. */
export const MAPPING_COLUMNS = [
	...(['kind', 'system', 'key', 'direction', 'value', 'option', 'label'] as const),
] as const;

type Column = (typeof MAPPING_COLUMNS)[number];

export const MAX_KEY = 200;

export const MAX_SYSTEM = 60;

/** As CSV, with a head; read again it says the same. Of tracking, `value` is the category. */
export function writeMappingCsv(
	mappings: ReadonlyArray<MappingWish & Pick<Mapping, 'label'>>,
	{ withHead = true } = {},
): string {
	return [
		...(withHead ? [csvRow(MAPPING_COLUMNS)] : []),
		...mappings.map(({ kind, system, key, direction, value, label }) => {
			const [name, option] = cellsOf(value);
			const cells = [kind, system, key, direction ?? '', name, option, label ?? ''];
			return csvRow(cells.map(guardFormula));
		}),
	].join('');
}

export interface CsvFault {
	/** As a spreadsheet counts. */
	readonly row: number;
	/** A sentence. */
	readonly reason: string;
}

/** The first row names the columns, in any order and case; columns of other names are passed over. */
export function readMappingCsv(text: string): {
	readonly rows: ReadonlyArray<{ readonly row: number; readonly wish: MappingWish }>;
	readonly faults: readonly CsvFault[];
} {
	const [head, ...rest] = readCsv(text);
	const columns = head?.cells.map(columnOf) ?? [];
	const missing = REQUIRED.filter((column) => !columns.includes(column));
	if (missing.length > 0) {
		const reason = `The first row must name the columns ${MAPPING_COLUMNS.join(', ')}; ${missing.join(', ')} is missing.`;
		return { rows: [], faults: [{ row: head?.row ?? 1, reason }] };
	}
	const rows: { row: number; wish: MappingWish }[] = [];
	const faults: CsvFault[] = [];
	for (const { row, cells } of rest) {
		const cell = (column: Column) => {
			const at = columns.indexOf(column);
			return at === -1 ? '' : unguardFormula(cells[at] ?? '').trim();
		};
		const wish = wishOf(cell);
		if (typeof wish === 'string') faults.push({ row, reason: wish });
		else rows.push({ row, wish });
	}
	return { rows, faults };
}

const REQUIRED = ['kind', 'key', 'value'] as const satisfies readonly Column[];

function columnOf(cell: string): Column | undefined {
	const plain = cell.trim().toLowerCase();
	return MAPPING_COLUMNS.find((column) => column === plain);
}

/** @returns a sentence where it cannot be read */
function wishOf(cell: (column: Column) => string): MappingWish | string {
	const [kind, key, value, option, direction] = [
		...[cell('kind'), cell('key'), cell('value'), cell('option'), cell('direction')],
	] as [string, string, string, string, string];
	const system = cell('system') || ANY_SYSTEM;
	if (!isKind(kind)) {
		return `"${kind.slice(0, MAX_SYSTEM)}" is no kind: it must be one of ${MAPPING_KINDS.join(', ')}.`;
	}
	if (key === '') return 'The key is missing: how the other system says it.';
	if (key.length > MAX_KEY) return `The key may have ${MAX_KEY} characters at most.`;
	if (system.length > MAX_SYSTEM) return `The system may have ${MAX_SYSTEM} characters at most.`;
	if (value === '') return 'The value is missing: what it is in Xero.';
	if (kind === 'tracking' && option === '') {
		return 'The option is missing: of tracking, value is the category and option its option.';
	}
	if (direction !== '' && direction !== 'sales' && direction !== 'purchases') {
		return 'The direction must be sales or purchases, or empty.';
	}
	if (direction !== '' && kind !== 'tax_rate') return 'Only a tax_rate has a direction.';
	return {
		...{ kind, system, key },
		value: kind === 'tracking' ? { category: value, option } : value,
		...(direction !== '' && { direction }),
	};
}

function isKind(text: string): text is MappingKind {
	return MAPPING_KINDS.some((kind) => kind === text);
}

function cellsOf(value: MappedValue): readonly [string, string] {
	return typeof value === 'string' ? [value, ''] : [value.category, value.option];
}
