import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', 'assets', 'icons');

/** Lucide's drawings (ISC), as copied into `assets/icons`, by name; read once. */
const icons: ReadonlyMap<string, string> = new Map(
	readdirSync(FOLDER)
		.filter((file) => file.endsWith('.svg'))
		.map((file) => [file.slice(0, -'.svg'.length), drawing(join(FOLDER, file))]),
);

/**
 * An icon for a template, as SVG that takes the colour of the text beside it. It says nothing to a screen reader: a
 * word stands beside it, always.
 *
 * @throws Error if there is no such file
 */
export function icon(name: string): string {
	const inner = icons.get(name);
	if (inner === undefined) throw new Error(`The portal has no icon "${name}".`);
	return `<svg class="icon" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" focusable="false">${inner}</svg>`;
}

/** What stands inside the `<svg>`: how lines are drawn is said once, in the style sheet. */
function drawing(file: string): string {
	const text = readFileSync(file, 'utf8');
	const inner = /<svg[^>]*>([^]*)<\/svg>/.exec(text)?.[1];
	if (inner === undefined) throw new Error(`${file} is no SVG.`);
	return inner.replace(/\s*\n\s*/g, '');
}
