import { inNewDocuments } from '../../documents/inNewDocuments';
import { statusField } from '../../fields/documentFields';
import { purchaseOrderKind } from '../../kinds/purchaseOrderKind';
import {
	buildNew,
	createOperation,
	inMappedNew,
	type NewRecord,
} from '../../operations/createOperation';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { writeRecords } from '../../requests/writeRecords';
import type { OperationResult } from '../../run/ItemOutcome';
import type { OperationRun } from '../../run/OperationRun';
import { holdersOfNumbers } from './holdersOfNumbers';
import { orderLines } from './orderLines';
import { orderContactField, purchaseOrderFields } from './purchaseOrderFields';

const initialStatus = statusField(
	[
		{ name: 'Authorised', value: 'AUTHORISED', description: 'Approved' },
		{ name: 'Draft', value: 'DRAFT' },
		{ name: 'Submitted', value: 'SUBMITTED', description: 'Waiting for approval' },
	],
	'DRAFT',
);

const fields: NewRecord = {
	own: [orderContactField],
	more: [...purchaseOrderFields, initialStatus],
	lines: orderLines,
};

export const { description, request } = createOperation(purchaseOrderKind, fields);

/**
 * New orders only. Xero takes an order with the number of one that is there as a change of that one,
 * without a word; so numbers that items bring along are looked up first, and taken ones are refused.
 */
export const execute: OperationModule['execute'] = async (run) =>
	await inNewDocuments(
		run,
		description,
		async (orders) => await inMappedNew(orders, purchaseOrderKind, fields, createOrders),
	);

async function createOrders(run: OperationRun): Promise<OperationResult> {
	const { collection } = purchaseOrderKind;
	const holders = await holdersOfNumbers(run, (item) => {
		const order = buildNew(run, item, fields, purchaseOrderKind);
		const number = order.ok ? order.value.PurchaseOrderNumber : undefined;
		return typeof number === 'string' ? number : undefined;
	});
	return await writeRecords(run, {
		collection,
		method: 'PUT',
		present: presenter(run, purchaseOrderKind),
		build: (item) => buildNew(run, item, fields, purchaseOrderKind),
		refuse(item) {
			const holder = holders[item];
			if (holder === undefined) return undefined;
			if (!holder.ok) return holder.failure;
			const { PurchaseOrderNumber: number, Status: status, Contact: contact } = holder.value;
			const supplier = (contact as { readonly Name?: string } | undefined)?.Name;
			return {
				kind: 'input',
				message: `Purchase order ${String(number)} is there already (${[status, supplier].filter(Boolean).join(', ')})`,
				description:
					'Xero would change that order instead of making a new one. Use Update for it, or leave the number empty.',
			};
		},
	});
}
