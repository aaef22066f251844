import { addressOf, idOf } from '../common/RecordKind';
import { done } from '../../batching/ItemOutcome';
import { success } from '../../errors/failure';
import { callEach } from '../shared/callEach';
import type { OperationModule } from '../shared/OperationModule';
import { singleCall } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { keyOptionsField } from '../shared/writeOptions';
import { invoiceKind } from './invoiceKind';

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
