import { accountingKinds } from './accountingKinds';
import type { MemberType } from './Kind';

/** What a write to an address takes: a collection, by the member that holds it, or one of its elements. */
export interface BodyKind {
	/** Such as `Invoices`. */
	readonly collection: string;
	readonly elements: { readonly kind: string };
}

/**
 * What a write takes at a route of the Accounting API; undefined where the body is no record, as that of
 * an attachment.
 *
 * @param path as the route has it: `/Invoices/:id`
 */
export function bodyKind(path: string): BodyKind | undefined {
	const segment = path
		.split('/')
		.filter((part) => part !== '' && !part.startsWith(':'))
		.at(-1);
	const members = accountingKinds[BELOW_A_RECORD[segment ?? ''] ?? segment ?? ''];
	if (segment === undefined || members === undefined) return undefined;
	const [list] = Object.entries(members).filter(isListOfKinds);
	if (list === undefined) return undefined;
	const [collection, { listOf }] = list;
	return { collection, elements: listOf };
}

const BELOW_A_RECORD: Readonly<Record<string, string>> = {
	History: 'HistoryRecords',
	Options: 'TrackingOptions',
};

function isListOfKinds(
	entry: [string, MemberType],
): entry is [string, { readonly listOf: { readonly kind: string } }] {
	const [, type] = entry;
	return (
		typeof type === 'object' &&
		'listOf' in type &&
		typeof type.listOf === 'object' &&
		'kind' in type.listOf &&
		type.listOf.kind !== 'ValidationError'
	);
}
