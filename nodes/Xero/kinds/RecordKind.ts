import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Outcome } from '../errors/failure';
import { locatorValue } from '../values/locatorValue';
import { parseXeroId } from '../values/xeroId';
import type { OperationRun } from '../run/OperationRun';
import type { XeroCollection } from '../requests/XeroCollection';

/** One kind of record, as the operations that every kind has need to know it. */
export interface RecordKind {
	/** Value of the `resource` parameter. */
	readonly resource: string;
	readonly collection: XeroCollection;
	/** The field that picks one record. */
	readonly locator: (description: string) => INodeProperties;
	/** Reads an id that is no GUID, such as a tax type. */
	readonly parseId?: (value: string, label: string) => Outcome<string>;
	/** The (about ten) fields that say what it is. */
	readonly simplify: (record: IDataObject) => IDataObject;
}

/** The id that the item's locator holds; a GUID is in lower case. */
export function idOf(run: OperationRun, kind: RecordKind, item: number): Outcome<string> {
	const { name, displayName } = kind.locator('');
	const { parseId = parseXeroId } = kind;
	return parseId(locatorValue(run.parameter(name, item, '')).value, displayName);
}

/** Where one record stands below Xero's host. */
export function addressOf({ collection }: RecordKind, id = '{ID}'): string {
	return `${collection.path}/${id}`;
}
