import type { IDataObject } from 'n8n-workflow';

import { readXeroDates } from '../values/xeroDates';

export interface Presentation {
	/** Leave Xero's answer as it is, `/Date(…)/` included. */
	readonly raw: boolean;
	readonly simplify?: (record: IDataObject) => IDataObject;
	/** Only these, in this order: names of Xero's or of the simplified record; dots lead into a member. */
	readonly fields?: readonly string[];
}

/** A record of Xero's as the workflow gets it. */
export function present(record: IDataObject, { raw, simplify, fields }: Presentation): IDataObject {
	if (raw) return record;
	const dated = readXeroDates(record);
	if (fields !== undefined) return pick({ ...simplify?.(dated), ...dated }, fields);
	return simplify === undefined ? dated : simplify(dated);
}

/** What the record does not have is left out. */
function pick(record: IDataObject, fields: readonly string[]): IDataObject {
	const chosen = fields.map((path) => [path, valueAt(record, path)] as const);
	return Object.fromEntries(chosen.filter(([, value]) => value !== undefined)) as IDataObject;
}

function valueAt(record: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(value, name) =>
				typeof value === 'object' && value !== null && Object.hasOwn(value, name)
					? (value as IDataObject)[name]
					: undefined,
			record,
		);
}
