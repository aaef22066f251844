import type { IDataObject } from 'n8n-workflow';

import {
	readElementFates,
	type ElementFate,
	type SentElement,
} from '../../../hub-server/protocol/xero';
import { fateUnknown } from '../errors/fateUnknown';
import { refuse, success, type Outcome } from '../errors/failure';

/**
 * What became of each element of a batch, in words where it was not saved.
 *
 * @param idField such as `InvoiceID`
 */
export function elementOutcomes(
	sent: readonly SentElement[],
	answered: readonly IDataObject[],
	idField: string,
): Array<Outcome<IDataObject>> {
	return readElementFates(sent, answered, idField).map(outcomeOf);
}

function outcomeOf(fate: ElementFate<IDataObject>): Outcome<IDataObject> {
	if (fate.ok) return success(fate.record);
	if (fate.reason === 'unmentioned') return refuse(fateUnknown.unmentioned);
	if (fate.reason === 'unnamed') return refuse(fateUnknown.unnamed);
	const { sentences } = fate;
	return refuse({
		kind: 'api',
		message:
			sentences.length > 0 ? sentences.join(' ') : 'Xero refused this record and gave no reason',
		description: 'Correct what this item says; the records beside it are not affected.',
		httpCode: '400',
	});
}
