import { addressOf, idOf } from '../../kinds/RecordKind';
import { done } from '../../run/ItemOutcome';
import { success } from '../../errors/failure';
import { callEach } from '../../requests/callEach';
import type { OperationModule } from '../../operations/OperationModule';
import { singleCall } from '../../requests/RequestFacts';
import { showFor } from '../../operations/showFor';
import { keyOptionsField } from '../../fields/writeOptions';
import { invoiceKind } from '../../kinds/invoiceKind';

export const description = showFor(
	'invoice',
	['email'],
	[invoiceKind.locator('The approved sales invoice to send to its contact'), keyOptionsField],
);

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
			const id = idOf(run, invoiceKind, item);
			return id.ok
				? success({ method: 'POST', path: `${addressOf(invoiceKind, id.value)}/Email`, body: {} })
				: id;
		},
		read(_answer, item) {
			const id = idOf(run, invoiceKind, item);
			return done({ sent: true, InvoiceID: id.ok ? id.value : undefined });
		},
	});
