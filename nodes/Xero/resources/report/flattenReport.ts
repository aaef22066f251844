import type { IDataObject } from 'n8n-workflow';

import { readAmount } from './readAmount';

interface ReportRow {
	readonly RowType?: string;
	readonly Title?: string;
	readonly Cells?: readonly ReportCell[];
	readonly Rows?: readonly ReportRow[];
}

interface ReportCell {
	readonly Value?: unknown;
	readonly Attributes?: ReadonlyArray<{ readonly Id?: string; readonly Value?: string }>;
}

/** Where a row stands in its report. */
interface Place {
	readonly group: string;
	readonly section: string;
}

/**
 * The rows of a report, an object for each: what the row is about, one member for each column under
 * the column's heading, then of which report it is, and last the ids that Xero hides in the cells
 * (`accountId`, `invoiceId`).
 *
 * @param amountsAsText leaves amounts as Xero wrote them
 */
export function flattenReport(report: IDataObject, amountsAsText: boolean): IDataObject[] {
	const rows = (report.Rows ?? []) as ReportRow[];
	const headings = headingsOf(rows);
	const about = { reportName: report.ReportName, reportDate: report.ReportDate };
	const flat: IDataObject[] = [];

	const walk = (some: readonly ReportRow[], place: Place): void => {
		let group = place.group;
		for (const row of some) {
			if (row.RowType === 'Section') {
				const title = row.Title?.trim() ?? '';
				// A titled section without rows is the heading of those that follow it.
				if (title !== '' && (row.Rows ?? []).length === 0) group = title;
				else walk(row.Rows ?? [], { group, section: title === '' ? place.section : title });
			} else if (row.RowType !== 'Header' && row.Cells !== undefined) {
				const { section } = place;
				flat.push({
					...(group === '' ? {} : { group }),
					section,
					...readCells(row.Cells, headings, amountsAsText),
					rowType: row.RowType,
					...about,
					...idsOf(row.Cells),
				});
			}
		}
	};
	walk(rows, { group: '', section: '' });
	return flat;
}

function headingsOf(rows: readonly ReportRow[]): string[] {
	const header = rows.find(({ RowType }) => RowType === 'Header');
	const headings = (header?.Cells ?? []).map(({ Value }) => String(Value ?? '').trim());
	return headings.map((heading, index) =>
		heading === '' || headings.indexOf(heading) < index ? `column${index + 1}` : heading,
	);
}

/** The first cell says what the row is about; its heading (`Account`, or nothing) says nothing more. */
function readCells(
	cells: readonly ReportCell[],
	headings: readonly string[],
	amountsAsText: boolean,
): IDataObject {
	const [first, ...others] = cells;
	return {
		label: String(first?.Value ?? ''),
		...Object.fromEntries(
			others.map(({ Value }, index) => [
				headings[index + 1] ?? `column${index + 2}`,
				readAmount(Value, amountsAsText),
			]),
		),
	};
}

/** Xero writes `account`, `accountID` and `invoiceID`. */
function idsOf(cells: readonly ReportCell[]): IDataObject {
	const ids: IDataObject = {};
	for (const { Id, Value } of cells.flatMap(({ Attributes = [] }) => Attributes)) {
		const name = ID_NAMES[String(Id).toLowerCase()];
		if (name !== undefined && Value !== undefined) ids[name] ??= Value;
	}
	return ids;
}

const ID_NAMES: Readonly<Record<string, string>> = {
	account: 'accountId',
	accountid: 'accountId',
	contact: 'contactId',
	contactid: 'contactId',
	invoice: 'invoiceId',
	invoiceid: 'invoiceId',
};
