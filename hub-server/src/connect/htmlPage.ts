import { createHash } from 'node:crypto';

/**
 * A small self-contained page: no script, no request beyond itself.
 *
 * @param content already escaped HTML, one block each
 */
export function htmlPage(title: string, content: readonly string[]): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} – Xero Hub</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content.join('\n')}
</main>
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --ground: #f4f5f7; --card: #fff; --ink: #1d2433; --quiet: #5a6478; --line: #dfe3ea; --accent: #0b6bb8; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --ground: #12161d; --card: #1b212b; --ink: #e8ecf3; --quiet: #a3aec2; --line: #2d3543; --accent: #6cb6f5; --on-accent: #0d1520; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.25; }
p { margin: 0 0 1rem; }
ul { margin: 0 0 1rem; padding: 0; list-style: none; }
li { padding: .6rem 0; border-top: 1px solid var(--line); }
li strong { margin-left: .5rem; color: var(--accent); font-size: .85rem; font-weight: 600; }
.detail { padding: .75rem; border-left: 3px solid var(--line); color: var(--quiet); font-size: .9rem; }
.next { color: var(--quiet); }
.button { display: inline-block; padding: .6rem 1.2rem; border-radius: .4rem; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
.button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
@media (max-width: 30rem) { main { padding: 1.25rem; } }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Allows the pages' own style and nothing else. */
export const PAGE_CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	`style-src 'sha256-${STYLE_HASH}'`,
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** For text and for quoted attribute values. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
