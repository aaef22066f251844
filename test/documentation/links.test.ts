import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../support/repositoryRoot';
import { brokenLinks, linksOf } from './brokenLinks';

/** What a clone has, and what is about to be committed; folders too. */
function filesOfTheClone(): ReadonlySet<string> {
	const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
		cwd: repositoryRoot,
		encoding: 'utf8',
	});
	const paths = new Set<string>();
	for (const file of listed.trim().split('\n')) {
		for (let path = file; path !== '.'; path = dirname(path)) paths.add(path);
	}
	return paths;
}

const paths = filesOfTheClone();

const read = (file: string) => readFileSync(join(repositoryRoot, file), 'utf8');

/** The notes of an example, and the text of a node's help links, are pages too. */
function pagesOf(file: string): readonly (readonly [string, string])[] {
	if (file.endsWith('.md')) return [[file, read(file)]];
	if (/^examples\/[^/]+\.json$/.test(file)) {
		const { nodes = [] } = JSON.parse(read(file)) as {
			readonly nodes?: readonly { readonly parameters: { readonly content?: string } }[];
		};
		return [[file, nodes.map(({ parameters }) => parameters.content ?? '').join('\n\n')]];
	}
	if (/^(nodes|credentials)\/.*\.(ts|json)$/.test(file)) {
		return [
			[
				file,
				read(file)
					.match(/https:\/\/github\.com\/[^'"` )\\]+/g)
					?.join('\n\n') ?? '',
			],
		];
	}
	return [];
}

it('leads from each link of the documentation, the nodes and the examples to a page that is there', () => {
	const pages = new Map([...paths].flatMap(pagesOf));

	const broken = brokenLinks(pages, paths);

	expect(pages.size).toBeGreaterThan(100);
	expect(broken).toEqual([]);
});

describe('what counts as a broken link', () => {
	const page = (text: string) => new Map([['docs/a.md', text]]);
	const there = new Set(['docs/a.md', 'docs/b.md', 'docs', 'picture.png']);

	it.each([
		['a file that is not there', '[x](c.md)'],
		['other capitals', '[x](B.md)'],
		['a picture that is not there', '![x](../other.png)'],
		['a heading that is not there', '# One\n\n[x](#two)'],
		['a heading of a page that has none', '[x](b.md#one)'],
		[
			'our own page on the web, moved',
			'<https://github.com/xero-hub/n8n-nodes-xero-hub/blob/main/docs/c.md>',
		],
	])('%s', (_what, text) => {
		expect(brokenLinks(page(text), there)).toEqual([`docs/a.md: ${linksOf(text)[0]}`]);
	});

	it.each([
		['a page', '[x](b.md)'],
		['a folder', '[x](../docs)'],
		['a picture', '![x](../picture.png)'],
		[
			'a heading with code and punctuation in it',
			'## What `none` means, and why\n\n[x](#what-none-means-and-why)',
		],
		['the second of two equal headings', '# One\n\n# One\n\n[x](a.md#one-1)'],
		['another site', '[x](https://developer.xero.com)'],
		['code that only looks like a link', '`[x](c.md)`'],
	])('not %s', (_what, text) => {
		expect(brokenLinks(page(text), there)).toEqual([]);
	});
});
