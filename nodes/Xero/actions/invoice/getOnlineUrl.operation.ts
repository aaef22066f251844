import { addressOf, idOf } from '../common/RecordKind';
import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { readCollection } from '../shared/readCollection';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { invoiceKind } from './invoiceKind';

export const description = showFor(
	'invoice',
	['getOnlineUrl'],
	[invoiceKind.locator('The approved sales invoice that the customer can open')],
);

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
			const id = idOf(run, invoiceKind, item);
			return id.ok
				? success({ method: 'GET', path: `${addressOf(invoiceKind, id.value)}/OnlineInvoice` })
				: id;
		},
		read(answer, item) {
			const id = idOf(run, invoiceKind, item);
			const [online] = readCollection(answer, 'OnlineInvoices')?.records ?? [];
			return done({
				InvoiceID: id.ok ? id.value : undefined,
				OnlineInvoiceUrl: online?.OnlineInvoiceUrl,
			});
		},
	});
