import { prettyJson } from './prettyJson';

/** More than this is shown plain: a browser folds thousands of parts slowly. */
const FOLDED_AT_MOST = 200_000;

/** Below it, parts begin folded. */
const OPEN_LEVELS = 2;

/** Nobody nests JSON so deep but to do harm. */
const DEEPEST = 40;

/**
 * JSON as HTML: coloured, and folded by the browser itself, without a script. Its text is the JSON. Every value is
 * escaped.
 */
export function jsonTree(value: unknown): string {
	const plain = prettyJson(value as object);
	if (plain.length > FOLDED_AT_MOST) return escaped(plain);
	return part(value, 0, '');
}

function part(value: unknown, level: number, comma: string): string {
	if (typeof value !== 'object' || value === null) return leaf(value) + comma;
	if (level >= DEEPEST) return escaped(JSON.stringify(value)) + comma;
	const isList = Array.isArray(value);
	const [open, close] = isList ? '[]' : '{}';
	const members = isList
		? value.map((one) => ['', one] as const)
		: Object.entries(value).filter(([, one]) => one !== undefined);
	if (members.length === 0) return `${open}${close}${comma}`;
	const inner = members
		.map(([name, one], index) => {
			const key = isList ? '' : `<span class="j-key">${escaped(JSON.stringify(name))}: </span>`;
			const after = index === members.length - 1 ? '' : ',';
			return `<span class="j-line">${key}${part(one, level + 1, after)}</span>`;
		})
		.join('\n');
	return `<details class="j ${isList ? 'j-list' : 'j-object'}"${level < OPEN_LEVELS ? ' open' : ''}><summary>${open}</summary><span class="j-in">${inner}</span>\n${close}${comma}</details>`;
}

function leaf(value: unknown): string {
	const kind = typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'word';
	return `<span class="j-${kind}">${escaped(JSON.stringify(value) ?? 'null')}</span>`;
}

function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}
