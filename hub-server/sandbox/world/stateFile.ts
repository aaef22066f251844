import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Books } from './Books';
import { createBooks } from './createBooks';
import { Table, type TableRow } from './Table';
import type { Organisation, World } from './World';

const FILE = 'sandbox-state.bin';

/** Writes the whole state beside the old one, flushes it, and puts it in the old one's place. */
export async function saveState(dataDir: string, world: World): Promise<void> {
	const bytes = serialize({
		...world,
		organisations: [...world.organisations.values()].map(flatten),
	});
	const file = await open(join(dataDir, `${FILE}.new`), 'w', 0o600);
	try {
		await file.writeFile(bytes);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(join(dataDir, `${FILE}.new`), join(dataDir, FILE));
}

/** The kept state, or undefined when there is none. */
export async function loadState(dataDir: string): Promise<World | undefined> {
	let bytes: Buffer;
	try {
		bytes = await readFile(join(dataDir, FILE));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
	const state = deserialize(bytes) as Omit<World, 'organisations'> & {
		organisations: FlatOrganisation[];
	};
	const organisations = state.organisations.map(unflatten);
	return { ...state, organisations: new Map(organisations.map((held) => [held.tenantId, held])) };
}

type FlatOrganisation = Omit<Organisation, 'books'> & {
	readonly tables: Readonly<Record<string, readonly TableRow[]>>;
	readonly counters: ReadonlyMap<string, number>;
};

function flatten({ books, ...organisation }: Organisation): FlatOrganisation {
	const tables = Object.entries(books).filter(([, table]) => table instanceof Table);
	return {
		...organisation,
		counters: books.counters,
		tables: Object.fromEntries(
			tables.map(([name, table]) => [name, [...(table as Table<TableRow>).values()]]),
		),
	};
}

function unflatten({ tables, counters, ...organisation }: FlatOrganisation): Organisation {
	const books = createBooks();
	for (const [name, rows] of Object.entries(tables)) {
		const table = books[name as keyof Books] as unknown as Table<TableRow>;
		for (const row of rows) table.put(row);
	}
	for (const [kind, count] of counters) books.counters.set(kind, count);
	return { ...organisation, books };
}
