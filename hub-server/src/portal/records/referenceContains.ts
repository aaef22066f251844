import { whereText } from '../../xero/api/whereText';

/** Finds records by their reference, which not all have; undefined finds all. */
export function referenceContains(search: string): string | undefined {
	if (search === '') return undefined;
	return `Reference!=null AND Reference.Contains(${whereText(search)})`;
}
