const START = '<!-- operations: made by npm run docs -->';
const END = '<!-- end of operations -->';

/** A page with its part between the markers replaced; the markers are added where they are missing. */
export function withReference(page: string, reference: string): string {
	const start = page.indexOf(START);
	const end = page.indexOf(END);
	const before = start < 0 ? `${page.trimEnd()}\n\n## Operations\n\n` : page.slice(0, start);
	const after = end < 0 ? '\n' : page.slice(end + END.length);
	return `${before}${START}\n\n${reference}\n\n${END}${after}`;
}

/** What a person wrote between the page's title and its operations. */
export function readIntroduction(page: string): string {
	const start = page.indexOf(START);
	return (start < 0 ? page : page.slice(0, start)).replace(/^#.*$/gm, '').trim();
}
