import { isGuid } from '../records/isGuid';
import { readCsv } from './csv';
import { unguardFormula } from './formulaCell';
import { LINKED_ENTITIES, type ExternalRecord, type LinkedEntity } from './Link';

/** A link as a file has it. */
export interface LinkRow {
	/** As a spreadsheet counts; of a list from 1. */
	readonly row: number;
	readonly record: ExternalRecord;
	readonly xeroId: string;
}

export interface RowFault {
	readonly row: number;
	/** A sentence. */
	readonly reason: string;
}

/** What rows that leave it out are taken to say. */
export interface LinkRowDefaults {
	readonly tenantId?: string | undefined;
	readonly system?: string | undefined;
	readonly entity?: string | undefined;
}

/** As the other system, or a person, wrote it down. */
export type WrittenLink = Readonly<Partial<Record<LinkColumn, string | null | undefined>>>;

/** In the order of an export. */
export const LINK_COLUMNS = ['tenantId', 'system', 'entity', 'externalId', 'xeroId'] as const;

type LinkColumn = (typeof LINK_COLUMNS)[number];

export const MAX_SYSTEM = 60;
export const MAX_EXTERNAL_ID = 200;

/** The first row names the columns, in any order and case; columns of other names are passed over. */
export function readLinkCsv(
	text: string,
	defaults: LinkRowDefaults,
): { readonly rows: readonly LinkRow[]; readonly faults: readonly RowFault[] } {
	const [head, ...rest] = readCsv(text);
	const columns = head?.cells.map((cell) => columnOf(cell)) ?? [];
	const missing = REQUIRED.filter(
		(column) => !columns.includes(column) && !(column in defaults && defaults[column as 'system']),
	);
	if (missing.length > 0) {
		const reason = `The first row must name the columns ${LINK_COLUMNS.slice(1).join(', ')}; ${missing.join(', ')} is missing.`;
		return { rows: [], faults: [{ row: head?.row ?? 1, reason }] };
	}
	return readAll(
		rest.map(({ row, cells }) => ({
			row,
			written: Object.fromEntries(
				columns.flatMap((column, index) =>
					column === undefined ? [] : [[column, unguardFormula(cells[index] ?? '')]],
				),
			),
		})),
		defaults,
	);
}

/** @param list numbered from 1 */
export function readLinkList(list: readonly WrittenLink[], defaults: LinkRowDefaults) {
	return readAll(
		list.map((written, index) => ({ row: index + 1, written })),
		defaults,
	);
}

const REQUIRED: readonly LinkColumn[] = ['system', 'entity', 'externalId', 'xeroId'];

function columnOf(cell: string): LinkColumn | undefined {
	const plain = cell.toLowerCase().replaceAll(/[^a-z]/g, '');
	return LINK_COLUMNS.find((column) => column.toLowerCase() === plain);
}

function readAll(
	list: ReadonlyArray<{ readonly row: number; readonly written: WrittenLink }>,
	defaults: LinkRowDefaults,
) {
	const rows: LinkRow[] = [];
	const faults: RowFault[] = [];
	for (const { row, written } of list) {
		const read = readOne(written, defaults);
		if (typeof read === 'string') faults.push({ row, reason: read });
		else rows.push({ row, ...read });
	}
	return { rows, faults };
}

/** @returns a sentence where it cannot be read */
function readOne(written: WrittenLink, defaults: LinkRowDefaults): Omit<LinkRow, 'row'> | string {
	const of = (column: LinkColumn) =>
		(written[column] ?? '').trim() || (defaults[column as keyof LinkRowDefaults] ?? '');
	const [tenantId, system, entity] = [of('tenantId'), of('system'), of('entity')];
	const [externalId, xeroId] = [of('externalId'), of('xeroId')];
	if (tenantId !== '' && tenantId !== '-' && !isGuid(tenantId)) {
		return `"${tenantId}" is no organisation's id: leave it empty for links that belong to none yet.`;
	}
	const fault = faultOfSystem(system) ?? faultOfExternalId(externalId);
	if (fault !== undefined) return fault;
	if (!isLinkedEntity(entity)) {
		return `"${entity}" is no entity: it must be one of ${LINKED_ENTITIES.join(', ')}.`;
	}
	const faultOfId = faultOfXeroId(entity, xeroId);
	if (faultOfId !== undefined) return faultOfId;
	return {
		record: {
			tenantId: tenantId === '' || tenantId === '-' ? null : tenantId.toLowerCase(),
			...{ system, entity, externalId },
		},
		xeroId,
	};
}

export function isLinkedEntity(text: string): text is LinkedEntity {
	return LINKED_ENTITIES.some((entity) => entity === text);
}

/** `*` means any system, where values are mapped. */
export function faultOfSystem(system: string): string | undefined {
	if (system === '') return 'The system is missing: name the other system, such as crm.';
	if (system === '*') return '"*" is no system: name the other system, such as crm.';
	return system.length > MAX_SYSTEM
		? `The system may have ${MAX_SYSTEM} characters at most.`
		: undefined;
}

function faultOfExternalId(externalId: string): string | undefined {
	if (externalId === '') return 'The externalId is missing.';
	return externalId.length > MAX_EXTERNAL_ID
		? `The externalId may have ${MAX_EXTERNAL_ID} characters at most.`
		: undefined;
}

/** A tax rate goes by its TaxType, everything else by a GUID. */
export function faultOfXeroId(entity: LinkedEntity, xeroId: string): string | undefined {
	if (entity === 'tax_rate') {
		return xeroId === '' || xeroId.length > MAX_TAX_TYPE
			? 'The xeroId of a tax rate is its TaxType, such as OUTPUT2.'
			: undefined;
	}
	return isGuid(xeroId)
		? undefined
		: `"${xeroId.slice(0, MAX_TAX_TYPE)}" is no id of Xero's: it looks like 297c2dc5-cc47-4afd-8ec8-74990b8761e9.`;
}

/** Xero's OpenAPI file 16.1.0. */
const MAX_TAX_TYPE = 50;
