import { csvRow } from './csv';
import { guardFormula } from './formulaCell';
import type { Link } from './Link';
import type { LinkFilter, LinkStore } from './LinkStore';
import { LINK_COLUMNS } from './readLinkRows';

const EXPORTED_AT_A_TIME = 1_000;

/** Links as CSV with a head, a thousand at a time; `readLinkCsv` reads the same from it, whatever spreadsheet it was in. */
export async function* exportLinks(
	links: Pick<LinkStore, 'list'>,
	workspaceId: string,
	filter: LinkFilter,
): AsyncGenerator<string> {
	yield csvRow(LINK_COLUMNS);
	let cursor: string | undefined;
	do {
		const page = await links.list(workspaceId, filter, { cursor, limit: EXPORTED_AT_A_TIME });
		yield page.items.map(csvLinkRow).join('');
		cursor = page.nextCursor ?? undefined;
	} while (cursor !== undefined);
}

/** Empty of a claim: nothing is known to be in Xero. */
function csvLinkRow(link: Link): string {
	if (link.xeroId === null) return '';
	return csvRow(LINK_COLUMNS.map((column) => guardFormula(link[column] ?? '')));
}
