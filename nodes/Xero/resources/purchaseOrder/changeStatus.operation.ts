import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { writeOptionsField } from '../../fields/writeOptions';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { updateRequest } from '../../requests/RequestFacts';
import { writeRecords } from '../../requests/writeRecords';

export const description: OperationModule['description'] = [
	purchaseOrderKind.locator.field('The purchase order whose status to change'),
	{
		displayName: 'New Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Authorised', value: 'AUTHORISED', description: 'Approved' },
			{
				name: 'Billed',
				value: 'BILLED',
				description: 'Only from authorised. Xero makes no bill.',
			},
			{ name: 'Draft', value: 'DRAFT' },
			{ name: 'Submitted', value: 'SUBMITTED', description: 'Waiting for approval' },
		],
		default: 'AUTHORISED',
		description: 'The status to give it',
		required: true,
	},
	writeOptionsField,
];

export const request = updateRequest(purchaseOrderKind.collection);

export const execute: OperationModule['execute'] = async (run) =>
	await writeRecords(run, {
		collection: purchaseOrderKind.collection,
		method: 'POST',
		present: presenter(run, purchaseOrderKind),
		build(item) {
			const id = pickedId(run, purchaseOrderKind.locator, item);
			if (!id.ok) return id;
			return success({ PurchaseOrderID: id.value, Status: run.parameter('status', item, '') });
		},
	});
