/** The shell blocks of a page, whole. */
export function commandBlocks(markdown: string): string[] {
	return [...markdown.matchAll(/^```(?:sh|bash)\n([^]*?)\n```$/gm)].map(([, block = '']) => block);
}

/** The commands of one program that stand inside sentences, with the variables before them. */
export function commandsInText(markdown: string, program: string): string[] {
	const text = markdown.replace(/^```[^]*?^```$/gm, '');
	const command = new RegExp(`\`((?:[A-Z_]+=\\S+ )*${program} [^\`]+)\``, 'g');
	return [...new Set([...text.matchAll(command)].map(([, found = '']) => found))];
}

/** The HTTP calls that a page names, such as `GET /healthz`. */
export function callsInText(markdown: string): string[] {
	const call = /`((?:GET|POST|PUT|PATCH|DELETE) [/…][^`]*)`/g;
	return [...new Set([...markdown.matchAll(call)].map(([, found = '']) => found))];
}

/** Fills the places that a page leaves to its reader, in order. */
export function fillIn(command: string, ...values: readonly string[]): string {
	const left = [...values];
	const filled = command.replace(/…|<\w+>/g, (place) => left.shift() ?? place);
	if (left.length > 0) throw new Error(`"${command}" has no place for ${left.join(', ')}.`);
	return filled;
}
