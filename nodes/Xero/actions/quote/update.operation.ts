import { success } from '../../errors/failure';
import { inNamedDocuments } from '../common/inNamedDocuments';
import { idOf } from '../common/RecordKind';
import { presentWritten } from '../common/presentWritten';
import { buildChange, updateOperation, type ChangedRecord } from '../common/updateOperation';
import { otherContactField } from '../fields/documentFields';
import { salesLines } from '../fields/lineItems';
import { changeRecords } from '../shared/changeRecords';
import type { OperationModule } from '../shared/OperationModule';
import { keptOfQuote } from './keptOfQuote';
import { quoteFields } from './quoteFields';
import { quoteKind } from './quoteKind';

const changed: ChangedRecord = { fields: [...quoteFields, otherContactField], lines: salesLines };

export const { description, request } = updateOperation(quoteKind, changed);

/** Each quote is read first, because Xero empties what an update does not repeat. */
export const execute: OperationModule['execute'] = async (run) =>
	await inNamedDocuments(
		run,
		quoteKind,
		{ properties: description },
		async (quotes) =>
			await changeRecords(quotes, {
				collection: quoteKind.collection,
				present: presentWritten(quotes, quoteKind),
				idOf: (item) => idOf(quotes, quoteKind, item),
				change(quote, item) {
					const change = buildChange(quotes, item, changed);
					return change.ok ? success({ ...keptOfQuote(quote), ...change.value }) : change;
				},
			}),
	);
