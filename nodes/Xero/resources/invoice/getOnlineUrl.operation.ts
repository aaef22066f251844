import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { invoiceKind } from '../../kinds/invoiceKind';
import { addressOf } from '../../kinds/RecordKind';
import type { OperationModule } from '../../operations/OperationModule';
import { callEach } from '../../requests/callEach';
import { readCollection } from '../../requests/readCollection';
import { singleCall } from '../../requests/RequestFacts';
import { done } from '../../run/ItemOutcome';

export const description: OperationModule['description'] = [
	invoiceKind.locator.field('The approved sales invoice that the customer can open'),
];

export const request = singleCall(
	'GET',
	`${addressOf(invoiceKind)}/OnlineInvoice`,
	invoiceKind.collection.scope,
);

export const execute: OperationModule['execute'] = async (run) =>
	await callEach(run, {
		effect: 'read',
		scope: invoiceKind.collection.scope,
		build(item) {
			const id = pickedId(run, invoiceKind.locator, item);
			return id.ok
				? success({
						method: 'GET',
						path: `${addressOf(invoiceKind, id.value)}/OnlineInvoice`,
						InvoiceID: id.value,
					})
				: id;
		},
		read(answer, _item, { InvoiceID }) {
			const [online] = readCollection(answer, 'OnlineInvoices')?.records ?? [];
			return done({ InvoiceID, OnlineInvoiceUrl: online?.OnlineInvoiceUrl });
		},
	});
