import { posix } from 'node:path';
import type { SourceFile, Violation } from './dependencyRule';
import { importsOf } from './importsOf';

/**
 * A folder or a file of a tree, by its path from the tree's root. A subfolder belongs to the nearest
 * room above it, unless it is a room itself. `planned`: it has its place already, and no file yet.
 */
export type Room = string | { readonly planned: string };

export interface Tree {
	/** From the repository's root. */
	readonly root: string;
	/** From the ground up: a room imports from those before it, and freely within itself. */
	readonly rooms: readonly Room[];
}

/** An import of a room that lies above. */
export interface UpwardImport extends Violation {
	readonly by: 'value' | 'type';
	readonly from: string;
	readonly to: string;
}

/** Places that need each other to run, with every import that takes part. */
export interface Circle {
	readonly places: readonly string[];
	readonly imports: readonly Violation[];
}

/** Every import that goes up, by value or by type. */
export function findUpwardImports(
	tree: Tree,
	files: readonly SourceFile[],
): readonly UpwardImport[] {
	const names = tree.rooms.map(nameOf);
	return importsWithin(files).flatMap(({ path, imports, by, target }) => {
		const from = roomOf(tree, path);
		const to = roomOf(tree, target);
		if (from === undefined || to === undefined) return [];
		return names.indexOf(to) > names.indexOf(from) ? [{ path, imports, by, from, to }] : [];
	});
}

/** Every file of the tree that belongs to no room. */
export function findHomeless(tree: Tree, files: readonly SourceFile[]): readonly string[] {
	return files
		.map(({ path }) => path)
		.filter((path) => path.startsWith(`${tree.root}/`) && roomOf(tree, path) === undefined);
}

/** Rooms that have no file although they are not planned, or have one although they are. */
export function findStaleRooms(tree: Tree, files: readonly SourceFile[]): readonly string[] {
	const used = new Set(files.map(({ path }) => roomOf(tree, path)));
	return tree.rooms
		.filter((room) => used.has(nameOf(room)) === (typeof room !== 'string'))
		.map(nameOf);
}

/**
 * Every circle of imports by value.
 *
 * @param placeOf what counts as one place; undefined leaves a file out
 */
export function findCircles(
	files: readonly SourceFile[],
	placeOf: (path: string) => string | undefined,
): readonly Circle[] {
	const edges = importsWithin(files).flatMap(({ path, imports, by, target }) => {
		const [from, to] = [placeOf(path), placeOf(target)];
		if (by === 'type' || from === undefined || to === undefined || from === to) return [];
		return [{ path, imports, from, to }];
	});
	return knots(edges).map((places) => ({
		places,
		imports: edges
			.filter(({ from, to }) => places.includes(from) && places.includes(to))
			.map(({ path, imports }) => ({ path, imports })),
	}));
}

/** A file's own folder, as any tool that draws folders sees it. */
export function leafFolderOf({ root }: Tree): (path: string) => string | undefined {
	return (path) =>
		path.startsWith(`${root}/`) ? posix.dirname(path.slice(root.length + 1)) : undefined;
}

/** The first folder below the tree's root, such as `xero` for `xero/api`; a file there is its own place. */
export function firstFolderOf({ root }: Tree): (path: string) => string | undefined {
	return (path) =>
		path.startsWith(`${root}/`) ? path.slice(root.length + 1).split('/')[0] : undefined;
}

function nameOf(room: Room): string {
	return typeof room === 'string' ? room : room.planned;
}

/** The longest name wins: `xero/api` is no part of `xero` where both are rooms. */
function roomOf({ root, rooms }: Tree, path: string): string | undefined {
	return rooms
		.map(nameOf)
		.filter((name) => `${path}/`.startsWith(`${root}/${name}/`))
		.sort((one, other) => other.length - one.length)[0];
}

interface ResolvedImport extends Violation {
	readonly by: 'value' | 'type';
	/** The file that is imported. */
	readonly target: string;
}

function importsWithin(files: readonly SourceFile[]): readonly ResolvedImport[] {
	const paths = new Set(files.map(({ path }) => path));
	return files.flatMap(({ path, text }) =>
		importsOf(text)
			.filter(({ specifier }) => specifier.startsWith('.'))
			.map(({ specifier, kind }) => ({
				path,
				imports: specifier,
				by: kind,
				target: resolve(posix.join(posix.dirname(path), specifier), paths),
			})),
	);
}

/** As TypeScript finds it; what is no source file (a JSON file) stands as it was written. */
function resolve(target: string, paths: ReadonlySet<string>): string {
	const candidates = [
		`${target}.ts`,
		target.replace(/\.js$/, '.ts'),
		posix.join(target, 'index.ts'),
	];
	return candidates.find((path) => paths.has(path)) ?? target;
}

/** The groups of places that can all reach each other, each sorted. */
function knots(
	edges: ReadonlyArray<{ readonly from: string; readonly to: string }>,
): readonly (readonly string[])[] {
	const next = Map.groupBy(edges, ({ from }) => from);
	const reach = new Map(
		[...next.keys()].map((start) => {
			const seen = new Set<string>();
			const queue = [start];
			for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
				for (const { to } of next.get(place) ?? []) {
					if (seen.has(to)) continue;
					seen.add(to);
					queue.push(to);
				}
			}
			return [start, seen] as const;
		}),
	);
	const reaches = (from: string, to: string) => reach.get(from)?.has(to) ?? false;
	const groups = [...reach.keys()]
		.filter((place) => reaches(place, place))
		.map((place) =>
			[...reach.keys()].filter((other) => reaches(place, other) && reaches(other, place)).sort(),
		);
	return [...new Map(groups.map((group) => [group.join(' '), group])).values()];
}
