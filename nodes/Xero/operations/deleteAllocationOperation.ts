import { success } from '../errors/failure';
import { pickedId, type Locator } from '../fields/Locator';
import { sendAgainField } from '../fields/writeOptions';
import { addressOf, type RecordKind } from '../kinds/RecordKind';
import { callEach } from '../requests/callEach';
import { singleCall } from '../requests/RequestFacts';
import { done } from '../run/ItemOutcome';
import type { OperationModule } from './OperationModule';

const names = { displayName: 'Allocation ID', name: 'allocationId' };

const allocationLocator: Locator = {
	...names,
	field: (description) => ({
		...names,
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 2bb15054-3868-4f85-a9c6-0402ec8c1201',
		description,
	}),
};

/** *Delete Allocation*: the invoice owes the amount again, the credit has it again. */
export function deleteAllocationOperation(kind: RecordKind): OperationModule {
	const { collection, locator } = kind;
	const path = (id = '{ID}', allocation = '{AllocationID}') =>
		`${addressOf(kind, id)}/Allocations/${allocation}`;
	return {
		description: [
			locator.field(`The ${collection.label} that was allocated`),
			allocationLocator.field(
				'Stands in Allocations of the credit, and in what Allocate gives out',
			),
			sendAgainField,
		],
		request: singleCall('DELETE', path(), collection.scope),
		execute: async (run) =>
			await callEach(run, {
				effect: 'write',
				scope: collection.scope,
				build(item) {
					const id = pickedId(run, locator, item);
					if (!id.ok) return id;
					const allocation = pickedId(run, allocationLocator, item);
					if (!allocation.ok) return allocation;
					return success({
						method: 'DELETE',
						path: path(id.value, allocation.value),
						AllocationID: allocation.value,
					});
				},
				read: (_answer, _item, { AllocationID }) => done({ deleted: true, AllocationID }),
			}),
	};
}
