import { success, type Outcome } from '../../errors/failure';
import { dayIn } from '../../records/dayIn';
import { buildNew } from '../common/createOperation';
import { presenter } from '../shared/presenter';
import type { Members } from '../fields/Field';
import { paymentAccountField, paymentDateField } from '../payment/paymentFields';
import type { OperationModule } from '../shared/OperationModule';
import type { OperationRun } from '../shared/OperationRun';
import { createRequest } from '../shared/RequestFacts';
import { showFor } from '../shared/showFor';
import { writeOptionsField } from '../shared/writeOptions';
import { writeRecords } from '../shared/writeRecords';
import { batchedPaymentsFields, readBatchedPayments } from './batchedPayments';
import { batchPaymentFields } from './batchPaymentFields';
import { batchPaymentKind } from './batchPaymentKind';

const own = [paymentAccountField, paymentDateField];

export const description = showFor(
	batchPaymentKind.resource,
	['create'],
	[
		paymentAccountField.property,
		...batchedPaymentsFields,
		paymentDateField.property,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			default: {},
			placeholder: 'Add Field',
			options: batchPaymentFields.map(({ property }) => property),
		},
		writeOptionsField,
	],
);

export const request = createRequest(batchPaymentKind.collection);

/** One batch for each item; Xero makes all of its payments or none. */
export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection: batchPaymentKind.collection,
		method: 'PUT',
		present: presenter(run, batchPaymentKind),
		build: (item) => buildBatch(run, item),
	});

function buildBatch(run: OperationRun, item: number): Outcome<Members> {
	const payments = readBatchedPayments((name, fallback) => run.parameter(name, item, fallback));
	if (!payments.ok) return payments;
	const batch = buildNew(run, item, { own, more: batchPaymentFields });
	if (!batch.ok) return batch;
	return success({ Date: dayIn(run.timeZone, run.nowMs()), ...batch.value, ...payments.value });
}
