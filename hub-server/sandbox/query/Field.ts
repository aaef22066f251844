import type { ApiError } from '../resource/apiError';
import { parseError } from './parseError';

/** What a `where` or `order` may name, and how to read it from a row. Absent values are undefined. */
export type Field<Row> = {
	/** Operators that Xero has optimised for organisations with very many documents. */
	readonly optimised?: 'equality' | 'range';
	/** Whether Xero has optimised an OR between values of it. */
	readonly alternatives?: boolean;
	/** Whether Xero has optimised an order by it, besides the record's own id and UpdatedDateUTC, which it orders by itself. */
	readonly sorts?: boolean;
} & (
	| { readonly type: 'String'; get(row: Row): string | undefined }
	| { readonly type: 'Guid'; get(row: Row): string | undefined }
	/** Milliseconds, UTC. */
	| { readonly type: 'DateTime'; get(row: Row): number | undefined }
	| { readonly type: 'Decimal'; get(row: Row): number | undefined }
	| { readonly type: 'Boolean'; get(row: Row): boolean | undefined }
);

export type FieldType = Field<unknown>['type'];

/** By the name Xero uses, e.g. `Contact.ContactID`. */
export type Fields<Row> = Readonly<Record<string, Field<Row>>>;

export function findField<Row>(fields: Fields<Row>, name: string): Field<Row> | undefined {
	const exact = Object.hasOwn(fields, name) ? fields[name] : undefined;
	if (exact !== undefined) return exact;
	const wanted = name.toLowerCase();
	return Object.entries(fields).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** Dynamic LINQ goes from member to member, and says at which type the path ends. */
export function unknownField(fields: Fields<never>, name: string, typeName: string): ApiError {
	const names = Object.keys(fields).map((known) => known.toLowerCase());
	const path = name.split('.');
	const known = path.findIndex((_, end) => {
		const prefix = path
			.slice(0, end + 1)
			.join('.')
			.toLowerCase();
		return !names.some((field) => field.startsWith(`${prefix}.`));
	});
	return parseError(
		`No property or field '${path[known] ?? name}' exists in type '${path[known - 1] ?? typeName}'`,
	);
}
