import type { IDataObject } from 'n8n-workflow';

import { isNamed } from '../../../hub-server/protocol/xero';
import { fateUnknown } from '../errors/fateUnknown';
import { success, type Failure } from '../errors/failure';
import { dayField } from '../fields/documentFields';
import type { Field } from '../fields/Field';
import { pickedId } from '../fields/Locator';
import { writeFields } from '../fields/writeFields';
import { keyOptionsField } from '../fields/writeOptions';
import { asDecimal, required } from '../fields/writers';
import { invoiceKind } from '../kinds/invoiceKind';
import { addressOf, type RecordKind } from '../kinds/RecordKind';
import { callEach } from '../requests/callEach';
import { elementOutcomes } from '../requests/elementOutcomes';
import { readCollection } from '../requests/readCollection';
import { singleCall } from '../requests/RequestFacts';
import { done, failed } from '../run/ItemOutcome';
import { dayIn } from '../values/dayIn';
import { readXeroDates } from '../values/xeroDates';
import type { OperationModule } from './OperationModule';

const COLLECTION = 'Allocations';

const amountField: Field = {
	property: {
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 99.95',
		description: 'How much of the credit goes to the invoice',
	},
	write: required(asDecimal('Amount'), 'Say how much of the credit goes to the invoice.'),
};

const dateField = dayField(
	'Date',
	'date',
	'Date',
	'Day of the allocation; today in the time zone of the workflow if left empty',
);

/** *Allocate*: puts a part of a credit note, overpayment or prepayment against an invoice. */
export function allocateOperation(kind: RecordKind): OperationModule {
	const { collection, locator } = kind;
	return {
		description: [
			locator.field(`The ${collection.label} to allocate`),
			invoiceKind.locator.field('The invoice or bill that gets the credit'),
			amountField.property,
			dateField.property,
			keyOptionsField,
		],
		request: singleCall('PUT', `${addressOf(kind)}/${COLLECTION}`, collection.scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'write',
				scope: collection.scope,
				build(item) {
					const id = pickedId(run, kind.locator, item);
					if (!id.ok) return id;
					const invoiceId = pickedId(run, invoiceKind.locator, item);
					if (!invoiceId.ok) return invoiceId;
					const members = writeFields([amountField, dateField], {
						amount: run.parameter('amount', item, ''),
						date: run.parameter('date', item, ''),
					});
					if (!members.ok) return members;
					const day = members.value.Date ?? dayIn(run.timeZone, run.nowMs());
					const allocation = {
						...members.value,
						Date: day,
						Invoice: { InvoiceID: invoiceId.value },
					};
					return success({
						method: 'PUT',
						path: `${addressOf(kind, id.value)}/${COLLECTION}`,
						query: { summarizeErrors: 'false' },
						body: { [COLLECTION]: [allocation] },
					});
				},
				read(answer) {
					const records = readCollection(answer, COLLECTION)?.records ?? [];
					const [fate] = elementOutcomes([{}], records, 'AllocationID');
					if (fate === undefined) return failed(fateUnknown.unmentioned);
					if (fate.ok || isOfInvoice(fate.failure, records[0])) {
						return done(...records.map(readXeroDates));
					}
					return failed(fate.failure);
				},
			}),
	};
}

/** Xero's page shows answers without an AllocationID; the invoice then says that it is one. */
function isOfInvoice(failure: Failure, allocation: IDataObject | undefined): boolean {
	const invoice = (allocation?.Invoice ?? {}) as IDataObject;
	return failure === fateUnknown.unnamed && isNamed(invoice, 'InvoiceID');
}
