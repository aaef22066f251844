export interface TableRow {
	readonly id: string;
	/** Milliseconds since 1970, UTC. */
	readonly updatedMs: number;
}

/** Natural keys of a row: index name → the row's key in it, or undefined when the row has none. */
export type TableIndexes<Row> = Readonly<Record<string, (row: Row) => string | undefined>>;

/**
 * Rows in memory, by id and by natural key. Rows are values: a change is a new row put under the
 * same id.
 */
export class Table<Row extends TableRow> {
	readonly #rows = new Map<string, Row>();
	readonly #indexes: ReadonlyMap<
		string,
		{ key(row: Row): string | undefined; ids: Map<string, string> }
	>;
	#inOrder: readonly Row[] | undefined;
	#version = 0;

	constructor(indexes: TableIndexes<Row> = {}, rows: Iterable<Row> = []) {
		this.#indexes = new Map(
			Object.entries(indexes).map(([name, key]) => [name, { key, ids: new Map<string, string>() }]),
		);
		for (const row of rows) this.put(row);
	}

	get size(): number {
		return this.#rows.size;
	}

	/** Grows with every change, so that what was computed from the rows can be kept until then. */
	get version(): number {
		return this.#version;
	}

	get(id: string): Row | undefined {
		return this.#rows.get(id);
	}

	/** The row that holds `key` in the named index. */
	find(index: string, key: string): Row | undefined {
		const id = this.#indexes.get(index)?.ids.get(key);
		return id === undefined ? undefined : this.#rows.get(id);
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
		this.#touch();
	}

	remove(id: string): void {
		this.#unindex(id);
		this.#rows.delete(id);
		this.#touch();
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
	}

	#touch(): void {
		this.#inOrder = undefined;
		this.#version += 1;
	}
}

function byUpdateThenId(a: TableRow, b: TableRow): number {
	if (a.updatedMs !== b.updatedMs) return a.updatedMs - b.updatedMs;
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
