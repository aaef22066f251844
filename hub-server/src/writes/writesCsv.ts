import { csvLine } from './csvLine';
import type { WriteFilter, WriteReader, WriteView } from './writeReader';

const COLUMNS = [
	...['time', 'organisation', 'organisation id', 'workflow', 'workflow id', 'node'],
	...['system', 'push', 'API key', 'what', 'record', 'record id', 'change', 'outcome'],
	...['message', 'fields', 'method', 'path', 'link'],
];

const CALLS_A_READ = 100;

/**
 * What automation changed as CSV, a line a record, newest first; read as it is taken, so that a long time costs no
 * memory.
 *
 * @param organisationOf the name of an organisation by its id
 */
export async function* writesCsv(
	reader: Pick<WriteReader, 'list'>,
	workspaceId: string,
	filter: WriteFilter,
	organisationOf: (tenantId: string) => string,
): AsyncGenerator<string> {
	yield csvLine(COLUMNS);
	let cursor: string | undefined;
	do {
		const page = await reader.list(workspaceId, filter, { cursor, limit: CALLS_A_READ });
		yield page.items.flatMap((write) => linesOf(write, organisationOf)).join('');
		cursor = page.nextCursor ?? undefined;
	} while (cursor !== undefined);
}

function linesOf(write: WriteView, organisationOf: (tenantId: string) => string): string[] {
	const { records, moreRecords } = write;
	const none = { id: null, label: null, change: null, message: null, xeroUrl: null };
	const rest = { ...none, message: `and ${moreRecords} more records` };
	const lines = records.length === 0 ? [none] : records;
	return [...lines, ...(moreRecords > 0 ? [rest] : [])].map((record) =>
		csvLine([
			...[write.at, organisationOf(write.tenantId), write.tenantId],
			...[write.workflow?.name ?? null, write.workflow?.id ?? null, write.node],
			...[write.system, write.pushId, write.key?.name ?? null],
			...[[write.entity, write.part].filter(Boolean).join(' '), record.label, record.id],
			...[record.change, write.outcome, record.message ?? write.message],
			...[write.fields.join(' '), write.method, write.path, record.xeroUrl],
		]),
	);
}
