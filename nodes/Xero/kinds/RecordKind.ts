import type { IDataObject } from 'n8n-workflow';

import type { Locator } from '../fields/Locator';
import type { XeroCollection } from '../requests/XeroCollection';

/** One kind of record, as the operations that every kind has need to know it. */
export interface RecordKind {
	readonly collection: XeroCollection;
	/** Picks one record. */
	readonly locator: Locator;
	/** The (about ten) fields that say what it is. */
	readonly simplify: (record: IDataObject) => IDataObject;
}

/** Where one record stands below Xero's host. */
export function addressOf({ collection }: RecordKind, id = '{ID}'): string {
	return `${collection.path}/${id}`;
}
