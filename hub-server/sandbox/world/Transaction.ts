import type { Table, TableRow } from './Table';

/** A change that Xero tells apps about. */
export interface ChangeEvent {
	readonly category:
		'CONTACT' | 'INVOICE' | 'CREDITNOTE' | 'PAYMENT' | 'PREPAYMENT' | 'OVERPAYMENT';
	readonly type: 'CREATE' | 'UPDATE';
	readonly resourceId: string;
	/** Path segment of the resource's URL, e.g. `Invoices`. */
	readonly resource: string;
	/** The `data` member of categories that have one. */
	readonly data?: Readonly<Record<string, string>>;
}

/** A row that a request put into a table. */
export interface RowChange {
	readonly table: unknown;
	readonly id: string;
	readonly isNew: boolean;
}

/** Changes of one request, which can be taken back: all of them, or those of one element. */
export class Transaction {
	readonly #undo: (() => void)[] = [];
	readonly #events: ChangeEvent[] = [];
	readonly #changes: RowChange[] = [];

	get events(): readonly ChangeEvent[] {
		return this.#events;
	}

	/** What was put, in order. */
	get changes(): readonly RowChange[] {
		return this.#changes;
	}

	put<Row extends TableRow>(table: Table<Row>, row: Row, event?: ChangeEvent): void {
		const before = table.get(row.id);
		this.#undo.push(() => (before === undefined ? table.remove(row.id) : table.put(before)));
		table.put(row);
		this.#changes.push({ table, id: row.id, isNew: before === undefined });
		this.#undo.push(() => void this.#changes.pop());
		if (event !== undefined) {
			this.#undo.push(() => void this.#events.pop());
			this.#events.push(event);
		}
	}

	remove<Row extends TableRow>(table: Table<Row>, id: string): void {
		const before = table.get(id);
		if (before === undefined) return;
		this.#undo.push(() => table.put(before));
		table.remove(id);
	}

	/** A point to return to with {@link rollbackTo}. */
	savepoint(): number {
		return this.#undo.length;
	}

	rollbackTo(savepoint: number): void {
		while (this.#undo.length > savepoint) this.#undo.pop()?.();
	}
}
