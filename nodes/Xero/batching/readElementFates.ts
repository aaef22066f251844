import type { IDataObject } from 'n8n-workflow';

import type { Outcome } from '../errors/failure';
import { refuse, success } from '../errors/failure';
import { validationSentences } from '../errors/validationSentences';

/** What was sent: the id is present where the element named an existing record. */
export interface SentElement {
	readonly id?: string;
}

/**
 * Finds each sent element's fate in Xero's answer to a batch.
 *
 * Xero answers in the order of the request, so position decides; where an element was sent with an
 * id and its position holds another id, the id decides. An element that the answer does not mention
 * is reported as such, never as saved.
 *
 * @param idField such as `InvoiceID`
 */
export function readElementFates(
	sent: readonly SentElement[],
	answered: readonly IDataObject[],
	idField: string,
): Array<Outcome<IDataObject>> {
	return sent.map((element, position) => {
		const answer = answerTo(element, position, sent.length, answered, idField);
		if (answer === undefined) return refuse(UNMENTIONED);
		const sentences = validationSentences(answer);
		if (sentences.length === 0 && !isMarkedFailed(answer)) return success(answer);
		return refuse({
			kind: 'api',
			message:
				sentences.length > 0 ? sentences.join(' ') : 'Xero refused this record and gave no reason',
			description: 'Correct the item and run it again; the records beside it are not affected.',
			httpCode: '400',
		});
	});
}

const UNMENTIONED = {
	kind: 'api',
	message: "Xero's answer does not say what became of this item",
	description: 'Look for the record in Xero before sending the item again.',
} as const;

function answerTo(
	element: SentElement,
	position: number,
	sentCount: number,
	answered: readonly IDataObject[],
	idField: string,
): IDataObject | undefined {
	const atPosition = answered.length === sentCount ? answered[position] : undefined;
	const { id } = element;
	if (id === undefined || atPosition === undefined) {
		return id === undefined ? atPosition : answered.find((one) => hasId(one, idField, id));
	}
	if (hasId(atPosition, idField, id) || isRefusedWithoutId(atPosition, idField)) return atPosition;
	return answered.find((one) => hasId(one, idField, id)) ?? failedOrNothing(atPosition);
}

function hasId(record: IDataObject, idField: string, id: string): boolean {
	return String(record[idField] ?? '').toLowerCase() === id.toLowerCase();
}

/**
 * A refused element may come back with a zero id or none; it still belongs to its position, even
 * where another element of the batch names the same record and was saved.
 */
function isRefusedWithoutId(record: IDataObject, idField: string): boolean {
	const id = record[idField];
	return isMarkedFailed(record) && (id === undefined || id === ZERO_ID);
}

const ZERO_ID = '00000000-0000-0000-0000-000000000000';

function failedOrNothing(atPosition: IDataObject | undefined): IDataObject | undefined {
	return atPosition !== undefined && isMarkedFailed(atPosition) ? atPosition : undefined;
}

function isMarkedFailed(record: IDataObject): boolean {
	return (
		record.StatusAttributeString === 'ERROR' ||
		record.HasErrors === true ||
		record.HasValidationErrors === true
	);
}
