import type { INodeProperties } from 'n8n-workflow';

import { done } from '../run/ItemOutcome';
import { success } from '../errors/failure';
import { locatorValue } from '../values/locatorValue';
import { parseXeroId } from '../values/xeroId';
import { addressOf, idOf, type RecordKind } from '../kinds/RecordKind';
import { callEach } from '../requests/callEach';
import type { OperationModule } from './OperationModule';
import { singleCall } from '../requests/RequestFacts';
import { showFor } from './showFor';

const allocationField: INodeProperties = {
	displayName: 'Allocation ID',
	name: 'allocationId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 2bb15054-3868-4f85-a9c6-0402ec8c1201',
	description: 'Stands in Allocations of the credit, and in what Allocate gives out',
};

/** *Delete Allocation*: the invoice owes the amount again, the credit has it again. */
export function deleteAllocationOperation(kind: RecordKind): OperationModule {
	const { collection, locator, resource } = kind;
	const path = (id = '{ID}', allocation = '{AllocationID}') =>
		`${addressOf(kind, id)}/Allocations/${allocation}`;
	return {
		description: showFor(
			resource,
			['deleteAllocation'],
			[locator(`The ${collection.label} that was allocated`), allocationField],
		),
		request: singleCall('DELETE', path(), collection.scope),
		execute: async (run) => {
			const allocationOf = (item: number) =>
				parseXeroId(
					locatorValue(run.parameter(allocationField.name, item, '')).value,
					allocationField.displayName,
				);
			return await callEach(run, {
				effect: 'write',
				scope: collection.scope,
				build(item) {
					const id = idOf(run, kind, item);
					if (!id.ok) return id;
					const allocation = allocationOf(item);
					if (!allocation.ok) return allocation;
					return success({ method: 'DELETE', path: path(id.value, allocation.value) });
				},
				read(_answer, item) {
					const allocation = allocationOf(item);
					return done({
						deleted: true,
						AllocationID: allocation.ok ? allocation.value : undefined,
					});
				},
			});
		},
	};
}
