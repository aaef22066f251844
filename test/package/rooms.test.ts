import type { SourceFile } from './dependencyRule';
import {
	findCircles,
	findHomeless,
	findStaleRooms,
	findUpwardImports,
	firstFolderOf,
	leafFolderOf,
	type Tree,
} from './rooms';

const HOUSE: Tree = {
	root: 'house',
	rooms: ['clock.ts', 'ground', 'rooms/kitchen', 'rooms', { planned: 'attic' }, 'roof'],
};

const importing = (path: string, ...specifiers: readonly string[]): SourceFile => ({
	path: `house/${path}`,
	text: specifiers.map((one, at) => `import { x${at} } from '${one}';`).join('\n'),
});

const CLOCK = importing('clock.ts');

describe('rooms from the ground up', () => {
	describe.each([
		['import', `import { x } from '../roof/x';`, 'value'],
		['import for its effect', `import '../roof/x';`, 'value'],
		['import type', `import type { X } from '../roof/x';`, 'type'],
		['import { type }', `import { type X } from '../roof/x';`, 'type'],
		['export from', `export * from '../roof/x';`, 'value'],
		['export type from', `export type { X } from '../roof/x';`, 'type'],
		['require', `const x = require('../roof/x');`, 'value'],
		['dynamic import', `const x = await import('../roof/x');`, 'value'],
		['import as a type', `let x: import('../roof/x').X;`, 'type'],
	] as const)('%s', (_, text, by) => {
		const roof = importing('roof/x.ts');

		it('may not go up', () => {
			const path = 'house/ground/x.ts';

			expect(findUpwardImports(HOUSE, [{ path, text }, roof])).toEqual([
				{ path, imports: '../roof/x', by, from: 'ground', to: 'roof' },
			]);
		});

		it(by === 'value' ? 'closes a circle' : 'closes no circle', () => {
			const files = [{ path: 'house/ground/x.ts', text }, importing('roof/x.ts', '../ground/x')];

			for (const placeOf of [leafFolderOf(HOUSE), firstFolderOf(HOUSE)]) {
				expect(findCircles(files, placeOf)).toEqual(
					by === 'type'
						? []
						: [
								{
									places: ['ground', 'roof'],
									imports: [
										{ path: 'house/ground/x.ts', imports: '../roof/x' },
										{ path: 'house/roof/x.ts', imports: '../ground/x' },
									],
								},
							],
				);
			}
		});
	});

	it.each([
		['a file that is a room', 'ground/x.ts', '../clock', [CLOCK]],
		['the ground', 'roof/x.ts', '../ground/x', []],
		['its own subfolder', 'ground/x.ts', './deep/y', []],
		['its own upper folder', 'ground/deep/x.ts', '../y', []],
		['a room inside it, which lies below', 'rooms/x.ts', './kitchen/y', []],
		['another tree', 'ground/x.ts', '../../garden/x', []],
		['a package', 'ground/x.ts', 'roof', []],
	] as const)('may be imported: %s', (_, path, specifier, others) => {
		expect(findUpwardImports(HOUSE, [importing(path, specifier), ...others])).toEqual([]);
	});

	it.each([
		['a room around it, which lies above', 'rooms/kitchen/x.ts', '../y', 'rooms/kitchen', 'rooms'],
		['what is planned above', 'rooms/x.ts', '../attic/y', 'rooms', 'attic'],
		['a folder by its index', 'ground/x.ts', '../roof', 'ground', 'roof'],
		['a folder by itself', 'ground/x.ts', '../roof/', 'ground', 'roof'],
		['a compiled name', 'ground/x.ts', '../roof/index.js', 'ground', 'roof'],
		['a file that is no source', 'ground/x.ts', '../roof/x.json', 'ground', 'roof'],
		['anything, from the lowest file', 'clock.ts', './ground/x', 'clock.ts', 'ground'],
	])('may not be imported: %s', (_, path, specifier, from, to) => {
		const files = [importing(path, specifier), importing('roof/index.ts')];

		expect(findUpwardImports(HOUSE, files)).toEqual([
			{ path: `house/${path}`, imports: specifier, by: 'value', from, to },
		]);
	});

	it('take in every file', () => {
		const files = [
			CLOCK,
			importing('ground/x.ts'),
			importing('ground/deep/x.ts'),
			importing('rooms/x.ts'),
			importing('clock.test.ts'),
			importing('groundwork/x.ts'),
			importing('x.ts'),
			{ path: 'garden/x.ts', text: '' },
		];

		expect(findHomeless(HOUSE, files)).toEqual([
			'house/clock.test.ts',
			'house/groundwork/x.ts',
			'house/x.ts',
		]);
	});

	it('are there, or are called planned', () => {
		const files = ['clock.ts', 'ground/x.ts', 'rooms/x.ts', 'rooms/kitchen/x.ts', 'roof/x.ts'].map(
			(path) => importing(path),
		);

		expect(findStaleRooms(HOUSE, files)).toEqual([]);
		expect(findStaleRooms(HOUSE, files.slice(1))).toEqual(['clock.ts']);
		expect(findStaleRooms(HOUSE, [...files, importing('attic/x.ts')])).toEqual(['attic']);
	});
});

describe('a circle', () => {
	const placesOf = (files: readonly SourceFile[], placeOf: (path: string) => string | undefined) =>
		findCircles(files, placeOf).map(({ places }) => places);

	it('is seen between folders of one room', () => {
		const files = [
			importing('ground/x.ts', './deep/y'),
			importing('ground/deep/y.ts', '../z'),
			importing('ground/z.ts'),
		];

		expect(placesOf(files, leafFolderOf(HOUSE))).toEqual([['ground', 'ground/deep']]);
		expect(placesOf(files, firstFolderOf(HOUSE))).toEqual([]);
	});

	it('is seen between first folders whose leaves have none', () => {
		const files = [
			importing('rooms/kitchen/x.ts', '../../roof/y'),
			importing('roof/y.ts'),
			importing('roof/deep/x.ts', '../../rooms/x'),
			importing('rooms/x.ts'),
		];

		expect(placesOf(files, leafFolderOf(HOUSE))).toEqual([]);
		expect(placesOf(files, firstFolderOf(HOUSE))).toEqual([['roof', 'rooms']]);
	});

	it('may go through several places, and there may be two', () => {
		const files = [
			importing('a/x.ts', '../b/x'),
			importing('b/x.ts', '../c/x'),
			importing('c/x.ts', '../a/x', '../d/x'),
			importing('d/x.ts', '../e/x'),
			importing('e/x.ts', '../d/x'),
			importing('f/x.ts', '../a/x'),
		];

		expect(placesOf(files, leafFolderOf(HOUSE))).toEqual([
			['a', 'b', 'c'],
			['d', 'e'],
		]);
	});

	it('is seen where a folder holds both the lowest and the highest', () => {
		const files = [
			CLOCK,
			importing('ground/x.ts', '../clock'),
			importing('main.ts', './ground/x', './clock'),
		];

		expect(placesOf(files, leafFolderOf(HOUSE))).toEqual([['.', 'ground']]);
		expect(placesOf(files, firstFolderOf(HOUSE))).toEqual([]);
	});

	it('is none between files of one folder', () => {
		const files = [importing('ground/x.ts', './y'), importing('ground/y.ts', './x')];

		expect(placesOf(files, leafFolderOf(HOUSE))).toEqual([]);
		expect(placesOf(files, firstFolderOf(HOUSE))).toEqual([]);
	});
});
