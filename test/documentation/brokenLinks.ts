import { dirname, normalize } from 'node:path/posix';
import GithubSlugger from 'github-slugger';
import { lexer, walkTokens, type Token } from 'marked';

/** Where a repository's files can be read on the web: links to it are links to its files. */
const ON_THE_WEB = 'https://github.com/xero-hub/n8n-nodes-xero-hub/blob/main/';

/**
 * The links of Markdown pages that lead nowhere, as `page: link`: to a file that is not there, spelt in other
 * capitals, or to a heading that its page has not. Links to other sites are left alone.
 *
 * @param pages text by path, from the root
 * @param paths of all files and folders that can be linked to, from the root
 */
export function brokenLinks(
	pages: ReadonlyMap<string, string>,
	paths: ReadonlySet<string>,
): readonly string[] {
	const anchors = new Map([...pages].map(([page, text]) => [page, anchorsOf(text)]));
	return [...pages].flatMap(([page, text]) =>
		linksOf(text)
			.filter((link) => !leadsSomewhere(page, link, anchors, paths))
			.map((link) => `${page}: ${link}`),
	);
}

/** Of links and pictures, as they are written. */
export function linksOf(text: string): readonly string[] {
	const links: string[] = [];
	void walkTokens(lexer(text), (token) => {
		if (token.type === 'link' || token.type === 'image') links.push(String(token['href']));
	});
	return links;
}

function leadsSomewhere(
	page: string,
	link: string,
	anchors: ReadonlyMap<string, ReadonlySet<string>>,
	paths: ReadonlySet<string>,
): boolean {
	const ours = link.startsWith(ON_THE_WEB);
	if (!ours && /^(https?|mailto):/.test(link)) return true;
	const [path = '', anchor] = (ours ? link.slice(ON_THE_WEB.length) : link).split('#');
	const from = ours ? '' : dirname(page);
	const target =
		path === '' ? page : normalize(`${from}/${decodeURI(path)}`).replace(/^\/|\/$/g, '');
	if (anchor === undefined) return paths.has(target);
	return anchors.get(target)?.has(anchor) ?? false;
}

/** As GitHub makes them: the second of two equal headings ends in `-1`. */
function anchorsOf(text: string): ReadonlySet<string> {
	const slugger = new GithubSlugger();
	const headings = lexer(text).filter((token) => token.type === 'heading');
	return new Set(headings.map((heading) => slugger.slug(plainText(heading))));
}

function plainText(token: Token): string {
	const parts: readonly Token[] | undefined = 'tokens' in token ? token.tokens : undefined;
	return parts?.map(plainText).join('') ?? ('text' in token ? String(token.text) : '');
}
