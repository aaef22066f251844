import { success, type Outcome } from '../../errors/failure';
import { paymentAccountField, paymentDateField } from '../../fields/everyPayment';
import type { Members } from '../../fields/Field';
import { mappedWriteOptionsField } from '../../fields/writeOptions';
import { batchPaymentKind } from '../../kinds/batchPaymentKind';
import { buildNew } from '../../operations/createOperation';
import { inMappedValues } from '../../operations/mappedValues';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { createRequest } from '../../requests/RequestFacts';
import { writeRecords } from '../../requests/writeRecords';
import type { OperationRun } from '../../run/OperationRun';
import { dayIn } from '../../values/dayIn';
import { batchedPaymentsFields, readBatchedPayments } from './batchedPayments';
import { batchPaymentFields } from './batchPaymentFields';

const own = [paymentAccountField, paymentDateField];

export const description: OperationModule['description'] = [
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
	mappedWriteOptionsField,
];

export const request = createRequest(batchPaymentKind.collection);

/** One batch for each item; Xero makes all of its payments or none. */
export const execute: OperationModule['execute'] = async (run) =>
	await inMappedValues(
		run,
		buildBatch,
		async (mapped) =>
			await writeRecords(mapped, {
				collection: batchPaymentKind.collection,
				method: 'PUT',
				present: presenter(mapped, batchPaymentKind),
				build: (item) => buildBatch(mapped, item),
			}),
	);

function buildBatch(run: OperationRun, item: number): Outcome<Members> {
	const payments = readBatchedPayments((name, fallback) => run.parameter(name, item, fallback));
	if (!payments.ok) return payments;
	const batch = buildNew(run, item, { own, more: batchPaymentFields }, batchPaymentKind);
	if (!batch.ok) return batch;
	return success({ Date: dayIn(run.timeZone, run.nowMs()), ...batch.value, ...payments.value });
}
