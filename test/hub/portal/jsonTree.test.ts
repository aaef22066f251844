import fc from 'fast-check';
import { jsonTree } from '../../../hub-server/src/portal/show/jsonTree';

describe('JSON that a page folds', () => {
	const textOf = (html: string) =>
		html
			.replace(/<[^>]*>/g, '')
			.replaceAll('&lt;', '<')
			.replaceAll('&gt;', '>')
			.replaceAll('&quot;', '"')
			.replaceAll('&#39;', "'")
			.replaceAll('&amp;', '&');

	it('says what it was made of, whatever that is', () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
				expect(JSON.parse(textOf(jsonTree(value)))).toEqual(JSON.parse(JSON.stringify(value)));
			}),
		);
	});

	it('has no tags but its own', () => {
		const html = jsonTree({ '<img src=x>': '<script>alert(1)</script>', b: ['"', "'", '&'] });

		expect(new Set([...html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag))).toEqual(
			new Set(['details', 'summary', 'span']),
		);
	});

	it('folds nothing where there is very much', () => {
		expect(jsonTree({ a: 'x'.repeat(300_000) })).not.toContain('<details');
	});

	it('stops folding where it is nested deeper than anybody reads', () => {
		let deep: unknown = 1;
		for (let level = 0; level < 100; level += 1) deep = [deep];

		const html = jsonTree(deep);

		expect(html.match(/<details/g)).toHaveLength(40);
		expect(JSON.parse(textOf(html))).toEqual(deep);
	});
});
