import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repositoryRoot';
import { TREES } from './roomLists';
import {
	findCircles,
	findHomeless,
	findStaleRooms,
	findUpwardImports,
	firstFolderOf,
	leafFolderOf,
	type Tree,
} from './rooms';

const sourcesOf = ({ root }: Tree) =>
	globSync(`${root}/**/*.ts`, { cwd: repositoryRoot }).map((path) => ({
		path,
		text: readFileSync(join(repositoryRoot, path), 'utf8'),
	}));

describe.each(TREES)('the rooms of $root', (tree) => {
	const files = sourcesOf(tree);

	it('are all there, and take in every file', () => {
		expect(files.length).toBeGreaterThan(20);
		expect(findStaleRooms(tree, files)).toEqual([]);
		expect(findHomeless(tree, files)).toEqual([]);
	});

	it('import downwards only', () => {
		expect(findUpwardImports(tree, files)).toEqual([]);
	});

	it('have no circle of folders', () => {
		expect(findCircles(files, leafFolderOf(tree))).toEqual([]);
	});

	it('have no circle of first folders', () => {
		expect(findCircles(files, firstFolderOf(tree))).toEqual([]);
	});
});
