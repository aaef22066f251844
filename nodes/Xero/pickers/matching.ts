import type { INodeListSearchItems } from 'n8n-workflow';

/** For lists that Xero gives whole: those whose name or code holds the typed text, by name. */
export function matching(
	entries: readonly INodeListSearchItems[],
	filter: string | undefined,
): INodeListSearchItems[] {
	const sought = (filter ?? '').trim().toLowerCase();
	return entries
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(sought))
		.sort((a, b) => a.name.localeCompare(b.name));
}
