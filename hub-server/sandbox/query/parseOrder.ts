import { findField, unknownField, type Fields } from './Field';

export interface Order<Row> {
	compare(a: Row, b: Row): number;
	/** Whether it is one that Xero has optimised for very large organisations. */
	readonly optimised: boolean;
}

/**
 * Reads `order`, e.g. `Date DESC, InvoiceNumber`.
 *
 * @throws ApiError QueryParseException
 */
export function parseOrder<Row extends { readonly id: string }>(
	text: string,
	fields: Fields<Row>,
	typeName: string,
): Order<Row> {
	const keys = text.split(',').map((part) => {
		const match = /^\s*([A-Za-z_.]+)(?:\s+(asc|ascending|desc|descending))?\s*$/i.exec(part);
		const name = match?.[1] ?? part.trim();
		const field = findField(fields, name);
		if (match === null || field === undefined) {
			throw unknownField(fields, name, typeName);
		}
		const isOptimised =
			field.sorts === true ||
			['updateddateutc', `${typeName}id`.toLowerCase()].includes(name.toLowerCase());
		return {
			field,
			isOptimised,
			sign: match[2]?.toLowerCase().startsWith('desc') === true ? -1 : 1,
		};
	});

	return {
		optimised: keys.every(({ isOptimised }) => isOptimised),
		compare(a, b) {
			for (const { field, sign } of keys) {
				const order = compareValues(field.get(a), field.get(b));
				if (order !== 0) return sign * order;
			}
			return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
		},
	};
}

/** Absent values come first. */
function compareValues(
	a: string | number | boolean | undefined,
	b: string | number | boolean | undefined,
): number {
	if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
	if (typeof a === 'string' && typeof b === 'string') {
		const [left, right] = [a.toLowerCase(), b.toLowerCase()];
		return left < right ? -1 : left > right ? 1 : 0;
	}
	return a < b ? -1 : a > b ? 1 : 0;
}
