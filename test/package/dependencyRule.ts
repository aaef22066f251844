import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { importsOf, type Import } from './importsOf';

/** A source file by its path from the repository root, with `/` between folders. */
export interface SourceFile {
	readonly path: string;
	readonly text: string;
}

export interface Violation {
	readonly path: string;
	/** What it imports, as written. */
	readonly imports: string;
}

interface Area {
	readonly folder: string;
	/** Folders whose files it may import; its own always, unless its files stand alone. */
	readonly mayImport: readonly string[];
	/** None of its files imports another. */
	readonly standAlone?: true;
	/**
	 * Packages and built-in modules it may import, `node:*` meaning every one of Node's; `hub` means
	 * what hub-server/package.json declares, and Node's.
	 */
	readonly packages: 'hub' | readonly string[];
}

/** Names of packages, as hub-server/package.json declares them. */
export interface HubPackages {
	readonly dependencies: readonly string[];
	readonly devDependencies: readonly string[];
}

/** Every module that Node brings along. */
const NODE = 'node:*';

const PACK_PACKAGES = ['n8n-workflow', 'node:crypto', 'crypto'];

/**
 * `credentials, nodes → hub-server/protocol ← hub-server/src`. The sandbox stands alone, so that it can
 * catch our mistakes instead of sharing them, and only the command line starts it.
 */
const AREAS: readonly Area[] = [
	{ folder: 'credentials', mayImport: ['nodes', 'hub-server/protocol'], packages: PACK_PACKAGES },
	{ folder: 'nodes', mayImport: ['hub-server/protocol'], packages: PACK_PACKAGES },
	{ folder: 'hub-server/protocol', mayImport: [], packages: ['node:crypto'] },
	{ folder: 'hub-server/sandbox', mayImport: [], packages: 'hub' },
	// What a migration did to the ledgers of its time must not change with the hub, nor with another one.
	{
		folder: 'hub-server/migrations',
		mayImport: [],
		standAlone: true,
		packages: ['kysely', NODE],
	},
	{
		folder: 'hub-server/src/cli',
		mayImport: [
			'hub-server/src',
			'hub-server/protocol',
			'hub-server/migrations',
			'hub-server/sandbox',
		],
		packages: 'hub',
	},
	{
		folder: 'hub-server/src',
		mayImport: ['hub-server/protocol', 'hub-server/migrations', 'hub-server/src/cli'],
		packages: 'hub',
	},
];

/**
 * Every import that the dependency rule of ARCHITECTURE.md forbids.
 *
 * @param hubPackages what hub-server/package.json declares; types alone may come from a package that is
 * there for development only
 */
export function findViolations(
	files: readonly SourceFile[],
	hubPackages: HubPackages,
): readonly Violation[] {
	return files.flatMap(({ path, text }) =>
		importsOf(text)
			.filter((one) => !isAllowed(path, one, hubPackages))
			.map(({ specifier }) => ({ path, imports: specifier })),
	);
}

function isAllowed(
	path: string,
	{ specifier, kind }: Import,
	{ dependencies, devDependencies }: HubPackages,
): boolean {
	const area = areaOf(path);
	if (area === undefined) return false;
	if (specifier.startsWith('.')) {
		const target = areaOf(posix.join(posix.dirname(path), specifier));
		if (target === area) return area.standAlone !== true;
		return area.mayImport.some((folder) => folder === target?.folder);
	}
	const { packages } = area;
	if (packages !== 'hub') {
		return packages.includes(isBuiltin(specifier) && packages.includes(NODE) ? NODE : specifier);
	}
	const declared = kind === 'type' ? [...dependencies, ...devDependencies] : dependencies;
	return isBuiltin(specifier) || declared.includes(packageOf(specifier));
}

/** The longest folder wins: `hub-server/src/cli` lies in `hub-server/src`. */
function areaOf(path: string): Area | undefined {
	return AREAS.filter(({ folder }) => `${path}/`.startsWith(`${folder}/`)).sort(
		(one, other) => other.folder.length - one.folder.length,
	)[0];
}

/** `kysely/helpers/postgres` belongs to `kysely`, `@scope/name/file` to `@scope/name`. */
function packageOf(specifier: string): string {
	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
}
