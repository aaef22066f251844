import type { RecordTraits } from './RecordTraits';

/** What a list says of changes. */
export interface ListedChanges {
	/** Without these parameters the list leaves out what was taken out of use. */
	readonly query?: Readonly<Record<string, string>>;
	/** What else is to be known of what comes, or does not come; one sentence or more, for the editor. */
	readonly note?: string;
}

/** How one kind of record stands in Xero's Accounting API. */
export interface XeroCollection {
	/** The array's name in bodies, such as `Invoices`. */
	readonly name: string;
	/** Below Xero's host. */
	readonly path: string;
	/** Such as `InvoiceID`. */
	readonly idField: string;
	/** What a person calls one record. */
	readonly label: string;
	/** Needed to read or write it; reading is also possible with `….read`. */
	readonly scope: string;
	/** Sent with every request for this collection. */
	readonly query: Readonly<Record<string, string>>;
	/**
	 * `sized`: `page` and `pageSize` up to 1,000 (most lists); `fixed`: `page` only, 100 each (Quotes);
	 * `none`: Xero answers with the whole list; `after`: 100 each after the number in `offsetField` of
	 * the last (Journals). `sized` when absent.
	 */
	readonly paging?: 'sized' | 'fixed' | 'none' | 'after';
	/** Of a list that pages by `after`. */
	readonly offsetField?: string;
	/** Whether Xero gives all of it on each page, without lines, where an `order` is asked for. */
	readonly losesPagesInOrder?: boolean;
	/** Whether lists take `IDs=`, so that 40 records are read in one request: Invoices and Contacts. */
	readonly bulkIds?: boolean;
	/** Whether the records that changes have to repeat some of are read 20 at a time, through `where`. */
	readonly bulkWhere?: boolean;
	/**
	 * `many`: up to 50 in one request, each with its own fate; `one`: one in a request, inside the array;
	 * `bare`: one in a request, as a bare object. `many` when absent.
	 */
	readonly writes?: 'many' | 'one' | 'bare';
	/** What becomes of changes in its list, where that is less than everything. */
	readonly changes?: ListedChanges;
	/** Whether a change of one goes to the collection's address instead of the record's (tax rates). */
	readonly changesInCollection?: boolean;
	/**
	 * What a record that was just made is known again by, in a list that says when records changed. Where
	 * absent, nobody can tell whether a refused request has made one.
	 */
	readonly traits?: RecordTraits;
}
