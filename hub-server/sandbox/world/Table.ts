export interface TableRow {
	readonly id: string;
	/** Milliseconds since 1970, UTC. */
	readonly updatedMs: number;
}

/** Natural keys of a row: index name → the row's key in it, or undefined when the row has none. */
export type TableIndexes<Row> = Readonly<Record<string, (row: Row) => string | undefined>>;

/** Keys that many rows share, e.g. the contact of an invoice: group name → the row's key in it. */
export type TableGroups<Row> = Readonly<Record<string, (row: Row) => string>>;

/**
 * Rows in memory, by id, by natural key and by group. Rows are values: a change is a new row put under the
 * same id.
 */
export class Table<Row extends TableRow> {
	readonly #rows = new Map<string, Row>();
	readonly #indexes: ReadonlyMap<
		string,
		{ key(row: Row): string | undefined; ids: Map<string, string> }
	>;
	readonly #groups: ReadonlyMap<string, { key(row: Row): string; ids: Map<string, Set<string>> }>;
	#inOrder: readonly Row[] | undefined;

	constructor(indexes: TableIndexes<Row> = {}, groups: TableGroups<Row> = {}) {
		this.#indexes = new Map(
			Object.entries(indexes).map(([name, key]) => [name, { key, ids: new Map<string, string>() }]),
		);
		this.#groups = new Map(
			Object.entries(groups).map(([name, key]) => [
				name,
				{ key, ids: new Map<string, Set<string>>() },
			]),
		);
	}

	get size(): number {
		return this.#rows.size;
	}

	get(id: string): Row | undefined {
		return this.#rows.get(id);
	}

	/** The row that holds `key` in the named index. */
	find(index: string, key: string): Row | undefined {
		const id = this.#indexes.get(index)?.ids.get(key);
		return id === undefined ? undefined : this.#rows.get(id);
	}

	/** The rows that share `key` in the named group. */
	group(name: string, key: string): Row[] {
		const ids = this.#groups.get(name)?.ids.get(key) ?? [];
		return [...ids].map((id) => this.#rows.get(id) as Row);
	}

	values(): IterableIterator<Row> {
		return this.#rows.values();
	}

	put(row: Row): void {
		this.#unindex(row.id);
		this.#rows.set(row.id, row);
		for (const { key, ids } of this.#indexes.values()) {
			const value = key(row);
			if (value !== undefined) ids.set(value, row.id);
		}
		for (const { key, ids } of this.#groups.values()) {
			const value = key(row);
			const members = ids.get(value) ?? new Set();
			ids.set(value, members.add(row.id));
		}
		this.#inOrder = undefined;
	}

	remove(id: string): void {
		this.#unindex(id);
		this.#rows.delete(id);
		this.#inOrder = undefined;
	}

	/** All rows, by `updatedMs`, then by id: the order of Xero's lists. Sorted once per change. */
	inUpdateOrder(): readonly Row[] {
		this.#inOrder ??= [...this.#rows.values()].sort(byUpdateThenId);
		return this.#inOrder;
	}

	#unindex(id: string): void {
		const row = this.#rows.get(id);
		if (row === undefined) return;
		for (const { key, ids } of this.#indexes.values()) {
			const value = key(row);
			if (value !== undefined && ids.get(value) === id) ids.delete(value);
		}
		for (const { key, ids } of this.#groups.values()) {
			const members = ids.get(key(row));
			members?.delete(id);
			if (members?.size === 0) ids.delete(key(row));
		}
	}
}

function byUpdateThenId(a: TableRow, b: TableRow): number {
	if (a.updatedMs !== b.updatedMs) return a.updatedMs - b.updatedMs;
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
