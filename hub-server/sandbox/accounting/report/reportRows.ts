import { formatCents, type Cents } from '../../world/decimal';
import type { Element } from '../../writing/readElements';

/** The rows of a report as Xero writes them: every value is text. */
export function headerRow(values: readonly string[]): Element {
	return { RowType: 'Header', Cells: values.map(cell) };
}

export function sectionRow(title: string, rows: readonly Element[] = []): Element {
	return { RowType: 'Section', Title: title, Rows: rows };
}

/** @param about what the row is about, repeated on each cell, such as `['account', id]` */
export function valueRow(
	values: readonly string[],
	about?: readonly [id: string, value: string],
): Element {
	const attributes = about && { Attributes: [{ Value: about[1], Id: about[0] }] };
	return { RowType: 'Row', Cells: values.map((value) => ({ ...cell(value), ...attributes })) };
}

export function summaryRow(values: readonly string[]): Element {
	return { RowType: 'SummaryRow', Cells: values.map(cell) };
}

export function money(amount: Cents): string {
	return formatCents(amount);
}

function cell(value: string): Element {
	return { Value: value };
}
