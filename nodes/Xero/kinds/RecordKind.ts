import type { IDataObject } from 'n8n-workflow';

import type { CodedKind } from '../../../hub-server/protocol/xero';
import type { Locator } from '../fields/Locator';
import type { XeroCollection } from '../requests/XeroCollection';

/** One kind of record, as the operations that every kind has need to know it. */
export interface RecordKind {
	readonly collection: XeroCollection;
	/** Picks one record. */
	readonly locator: Locator;
	/** Whether it has codes that other systems have their own for, and what tells them apart. */
	readonly codes?: CodedKind;
	/** The (about ten) fields that say what it is. */
	readonly simplify: (record: IDataObject) => IDataObject;
}

/** Where one record stands below Xero's host. */
export function addressOf({ collection }: RecordKind, id = '{ID}'): string {
	return `${collection.path}/${id}`;
}
