import type { IDataObject } from 'n8n-workflow';

import { keepsLines } from '../../documents/existingLines';
import { salesLines } from '../../documents/lineItems';
import { mergeLines } from '../../documents/mergeLines';
import { refuseInput, success, type Outcome } from '../../errors/failure';
import { otherContactField } from '../../fields/documentFields';
import type { Members } from '../../fields/Field';
import { pickedId } from '../../fields/Locator';
import { quoteKind } from '../../kinds/quoteKind';
import { buildChange } from '../../operations/buildChange';
import type { OperationModule } from '../../operations/OperationModule';
import { inMappedDocuments, updateOperation } from '../../operations/updateOperation';
import { presenter } from '../../output/presenter';
import { changeRecords } from '../../requests/changeRecords';
import { completeLines } from './completeLines';
import { keptOfQuote } from './keptOfQuote';
import { quoteFields } from './quoteFields';
import { readLineDefaults } from './readLineDefaults';

const lines = salesLines;
const changed = { fields: [...quoteFields, otherContactField], lines };

export const { description, request } = updateOperation(quoteKind, changed);

/** Each quote is read first, because Xero empties what an update does not repeat. */
export const execute: OperationModule['execute'] = async (run) =>
	await inMappedDocuments(run, quoteKind, changed, description, async (quotes) => {
		const changeOf = (item: number) => buildChange(quotes, item, changed, quoteKind);
		const defaultsOf = await readLineDefaults(quotes, changeOf);
		return await changeRecords(quotes, {
			collection: quoteKind.collection,
			present: presenter(quotes, quoteKind),
			idOf: (item) => pickedId(quotes, quoteKind.locator, item),
			change(quote, item) {
				const change = changeOf(item);
				if (!change.ok) return change;
				const allowed = checkAnswered(quote, change.value);
				if (!allowed.ok) return allowed;
				const defaults = defaultsOf(item);
				if (!defaults.ok) return defaults;
				const whole = { ...keptOfQuote(quote), ...change.value };
				const completed = completeLines(
					whole,
					defaults.value,
					quote.LineItems as IDataObject[] | undefined,
				);
				return completed.ok && keepsLines(quotes, item, lines)
					? mergeLines(quote, completed.value, quoteKind.collection.label)
					: completed;
			},
		});
	});

/**
 * Of a quote that was answered Xero changes the contact only; its refusal does not say what to do.
 *
 * @see https://developer.xero.com/documentation/api/accounting/quotes
 */
function checkAnswered(
	{ Status: status, QuoteNumber: number }: IDataObject,
	change: Members,
): Outcome<void> {
	const others = Object.keys(change).filter((name) => name !== 'Contact');
	if (!ANSWERED.includes(String(status)) || others.length === 0) return success(undefined);
	return refuseInput(
		`Quote ${String(number)} is ${String(status)}, and only its contact can be changed: not ${others.join(', ')}`,
		'Change its status to Sent first, then update it.',
	);
}

const ANSWERED = ['ACCEPTED', 'DECLINED', 'INVOICED'];
