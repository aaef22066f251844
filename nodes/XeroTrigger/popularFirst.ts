/** What most workflows begin with: n8n lists a trigger's events in the order of its options. */
const POPULAR: readonly string[] = [
	...['invoice.paid', 'invoice.overdue', 'invoice.authorised', 'invoice.created'],
	...['bill.authorised', 'bill.paid', 'contact.created', 'contact.updated'],
];

/** The popular ones of `types`, then the others as they stand. */
export function popularFirst(types: readonly string[]): readonly string[] {
	return [...new Set([...POPULAR.filter((type) => types.includes(type)), ...types])];
}
