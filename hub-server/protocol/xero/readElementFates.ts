import { isSame } from './comparable';
import { isMarkedFailed } from './isMarkedFailed';
import { isNamed } from './isNamed';
import { validationSentences } from './validationSentences';
import type { XeroRecord } from './XeroRecord';

/** What was sent: the id is present where the element named an existing record. */
export interface SentElement {
	/** Of the record that it changes. */
	readonly id?: string;
}

/** What became of one sent element. */
export type ElementFate<R extends XeroRecord = XeroRecord> =
	| { readonly ok: true; readonly record: R }
	/** Xero refused it, and says why; some refusals give no reason. The elements beside it stand. */
	| { readonly ok: false; readonly reason: 'refused'; readonly sentences: readonly string[] }
	/** The answer does not mention it: whether it was saved is not known. */
	| { readonly ok: false; readonly reason: 'unmentioned' }
	/** The answer shows it without refusing it and without an id: whether it was saved is not known. */
	| { readonly ok: false; readonly reason: 'unnamed' };

/**
 * Finds each sent element's fate in Xero's answer to a batch.
 *
 * Xero answers in the order of the request, so position decides; where an element was sent with an
 * id and its position holds another id, the id decides. An element that the answer does not mention
 * is reported as such, never as saved; nor is one that comes back without an id or with a zero one,
 * as Xero's answers are known to (Xero-NetStandard#324).
 *
 * @param answered the elements of a 200, in Xero's order
 * @param idField such as `InvoiceID`
 */
export function readElementFates<R extends XeroRecord>(
	sent: readonly SentElement[],
	answered: readonly R[],
	idField: string,
): Array<ElementFate<R>> {
	return sent.map((element, position) => {
		const record = answerTo(element, position, sent.length, answered, idField);
		if (record === undefined) return { ok: false, reason: 'unmentioned' };
		const sentences = validationSentences(record);
		if (sentences.length > 0 || isMarkedFailed(record)) {
			return { ok: false, reason: 'refused', sentences };
		}
		return isNamed(record, idField) ? { ok: true, record } : { ok: false, reason: 'unnamed' };
	});
}

function answerTo<R extends XeroRecord>(
	element: SentElement,
	position: number,
	sentCount: number,
	answered: readonly R[],
	idField: string,
): R | undefined {
	const atPosition = answered.length === sentCount ? answered[position] : undefined;
	const { id } = element;
	if (id === undefined || atPosition === undefined) {
		return id === undefined ? atPosition : answered.find((one) => hasId(one, idField, id));
	}
	if (hasId(atPosition, idField, id) || isRefusedWithoutId(atPosition, idField)) return atPosition;
	return answered.find((one) => hasId(one, idField, id)) ?? failedOrNothing(atPosition);
}

function hasId(record: XeroRecord, idField: string, id: string): boolean {
	return isSame(record[idField], id);
}

/**
 * A refused element may come back with a zero id or none; it still belongs to its position, even
 * where another element of the batch names the same record and was saved.
 */
function isRefusedWithoutId(record: XeroRecord, idField: string): boolean {
	return isMarkedFailed(record) && !isNamed(record, idField);
}

function failedOrNothing<R extends XeroRecord>(atPosition: R | undefined): R | undefined {
	return atPosition !== undefined && isMarkedFailed(atPosition) ? atPosition : undefined;
}
