import { success, type Outcome } from '../../errors/failure';
import {
	paymentAccountField,
	paymentAmountField,
	paymentDateField,
} from '../../fields/everyPayment';
import type { Members } from '../../fields/Field';
import { mappedWriteOptionsField } from '../../fields/writeOptions';
import { paymentKind } from '../../kinds/paymentKind';
import { buildNew } from '../../operations/createOperation';
import { inMappedValues } from '../../operations/mappedValues';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { createRequest } from '../../requests/RequestFacts';
import { writeRecords } from '../../requests/writeRecords';
import type { OperationRun } from '../../run/OperationRun';
import { dayIn } from '../../values/dayIn';
import { paidDocumentFields, readPaidDocument } from './paidDocument';
import { paymentFields } from './paymentFields';

const own = [paymentAccountField, paymentAmountField, paymentDateField];

export const description: OperationModule['description'] = [
	...paidDocumentFields,
	...own.map(({ property }) => property),
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		default: {},
		placeholder: 'Add Field',
		options: paymentFields.map(({ property }) => property),
	},
	mappedWriteOptionsField,
];

export const request = createRequest(paymentKind.collection);

/** 50 payments in one request. Xero may say inside a 200 that one of them was refused. */
export const execute: OperationModule['execute'] = async (run) =>
	await inMappedValues(
		run,
		buildPayment,
		async (mapped) =>
			await writeRecords(mapped, {
				collection: paymentKind.collection,
				method: 'PUT',
				present: presenter(mapped, paymentKind),
				build: (item) => buildPayment(mapped, item),
			}),
	);

function buildPayment(run: OperationRun, item: number): Outcome<Members> {
	const document = readPaidDocument((name, fallback) => run.parameter(name, item, fallback));
	if (!document.ok) return document;
	const payment = buildNew(run, item, { own, more: paymentFields }, paymentKind);
	if (!payment.ok) return payment;
	return success({
		Date: dayIn(run.timeZone, run.nowMs()),
		...payment.value,
		...document.value,
	});
}
