import { success } from '../../errors/failure';
import { idOf } from '../common/RecordKind';
import { presentWritten } from '../common/presentWritten';
import { updateOperation } from '../common/updateOperation';
import { otherContactField } from '../fields/documentFields';
import { lineItemsInput, salesLines } from '../fields/lineItems';
import { writeFields } from '../fields/writeFields';
import { changeRecords } from '../shared/changeRecords';
import type { OperationModule } from '../shared/OperationModule';
import { keptOfQuote } from './keptOfQuote';
import { quoteFields } from './quoteFields';
import { quoteKind } from './quoteKind';

const fields = [...quoteFields, otherContactField];

export const { description, request } = updateOperation(quoteKind, { fields, lines: salesLines });

/** Each quote is read first, because Xero empties what an update does not repeat. */
export const execute: OperationModule['execute'] = async (run) =>
	await changeRecords(run, {
		collection: quoteKind.collection,
		present: presentWritten(run, quoteKind),
		idOf: (item) => idOf(run, quoteKind, item),
		change(quote, item) {
			const changed = writeFields(fields, run.parameter('updateFields', item, {}));
			if (!changed.ok) return changed;
			const lines = lineItemsInput(salesLines).write((name, fallback) =>
				run.parameter(name, item, fallback),
			);
			if (!lines.ok) return lines;
			return success({ ...keptOfQuote(quote), ...changed.value, ...lines.value });
		},
	});
