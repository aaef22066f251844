const OPERATIONS = 'operations';

/** A page of a resource with the reference of its operations, which is added where it is missing. */
export function withReference(page: string, reference: string): string {
	const [start] = markersOf(OPERATIONS);
	const whole = page.includes(start)
		? page
		: `${page.trimEnd()}\n\n## Operations\n\n${markersOf(OPERATIONS).join('\n')}\n`;
	return withPart(whole, OPERATIONS, reference);
}

/** A page with the part between its markers replaced. Throws where it has none. */
export function withPart(page: string, part: string, text: string): string {
	const [start, end] = markersOf(part);
	const [before, rest] = page.split(start);
	const after = rest?.split(end)[1];
	if (after === undefined) throw new Error(`The page has no place for its ${part}: ${start}`);
	return `${before}${start}\n\n${text}\n\n${end}${after}`;
}

/** What a person wrote between the page's title and its operations. */
export function readIntroduction(page: string): string {
	const [written = ''] = page.split(markersOf(OPERATIONS)[0]);
	return written.replace(/^#.*$/gm, '').trim();
}

function markersOf(part: string): [start: string, end: string] {
	return [`<!-- ${part}: made by npm run docs -->`, `<!-- end of ${part} -->`];
}
