/** What a `where` or `order` may name, and how to read it from a row. Absent values are undefined. */
export type Field<Row> = {
	/** Operators that Xero has optimised for organisations with very many documents. */
	readonly optimised?: 'equality' | 'range';
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
