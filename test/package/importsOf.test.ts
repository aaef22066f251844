import { importsOf } from './importsOf';

describe('the reader of imports', () => {
	it.each([
		[`import x from './x';`],
		[`import * as x from './x';`],
		[`import { x } from './x';`],
		[`import { type X, x } from './x';`],
		[`import x, { type X } from './x';`],
		[`import './x';`],
		[`import x = require('./x');`],
		[`export * from './x';`],
		[`export * as x from './x';`],
		[`export { x } from './x';`],
		[`export { type X, x } from './x';`],
		[`const x = require('./x');`],
		[`const x = require.resolve('./x');`],
		[`async () => { const { x } = await import('./x'); };`],
		['const x = () => import(`./x`);'],
	])('sees by value: %s', (text) => {
		expect(importsOf(text)).toEqual([{ specifier: './x', kind: 'value' }]);
	});

	it.each([
		[`import type X from './x';`],
		[`import type { X } from './x';`],
		[`import type * as X from './x';`],
		[`import { type X, type Y } from './x';`],
		[`import type X = require('./x');`],
		[`export type { X } from './x';`],
		[`export type * from './x';`],
		[`export { type X } from './x';`],
		[`let x: import('./x').X;`],
		[`let x: typeof import('./x');`],
	])('sees by type: %s', (text) => {
		expect(importsOf(text)).toEqual([{ specifier: './x', kind: 'type' }]);
	});

	it.each([
		[`// import './x';`],
		[`const text = "import './x'";`],
		['export { x };'],
		['const x = required("./x");'],
	])('sees none in: %s', (text) => {
		expect(importsOf(text)).toEqual([]);
	});

	it('keeps their order', () => {
		const text = `import { a } from './a';\nimport type { B } from './b';\nconst c = require('./c');`;

		expect(importsOf(text).map(({ specifier }) => specifier)).toEqual(['./a', './b', './c']);
	});
});
