import type { IDataObject } from 'n8n-workflow';

import { readXeroDates } from '../../records/xeroDates';

export interface Presentation {
	/** Leave Xero's answer as it is, `/Date(…)/` included. */
	readonly raw: boolean;
	readonly simplify?: (record: IDataObject) => IDataObject;
}

/** A record of Xero's as the workflow gets it. */
export function present(record: IDataObject, { raw, simplify }: Presentation): IDataObject {
	if (raw) return record;
	const dated = readXeroDates(record);
	return simplify === undefined ? dated : simplify(dated);
}
