import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { keyOptionsField } from '../../fields/writeOptions';
import { invoiceKind } from '../../kinds/invoiceKind';
import { addressOf } from '../../kinds/RecordKind';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';

export const description: OperationModule['description'] = [
	invoiceKind.locator.field('The approved sales invoice to send to its contact'),
	keyOptionsField,
];

export const request = singleCall(
	'POST',
	`${addressOf(invoiceKind)}/Email`,
	invoiceKind.collection.scope,
);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'write',
		scope: invoiceKind.collection.scope,
		build(item) {
			const id = pickedId(run, invoiceKind.locator, item);
			return id.ok
				? success({
						method: 'POST',
						path: `${addressOf(invoiceKind, id.value)}/Email`,
						body: {},
						InvoiceID: id.value,
					})
				: id;
		},
		read: (_answer, _item, { InvoiceID }) => done({ sent: true, InvoiceID }),
	});
