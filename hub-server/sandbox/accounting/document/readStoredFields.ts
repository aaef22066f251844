import type { StoredFields } from '../../world/Books';
import type { Element } from '../../writing/readElements';

/** The text fields that are kept as sent; what is not sent stays. */
export function readStoredFields(
	element: Element,
	names: readonly string[],
	before: StoredFields | undefined,
): StoredFields {
	const sent = names.filter((name) => typeof element[name] === 'string');
	return { ...before, ...Object.fromEntries(sent.map((name) => [name, element[name]])) };
}
