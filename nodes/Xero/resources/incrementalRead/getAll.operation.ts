import type { IDataObject } from 'n8n-workflow';

import type { ChangeCursor } from '../../../../hub-server/protocol/xero';
import { success } from '../../errors/failure';
import type { OperationModule } from '../../operations/OperationModule';
import type { KeptMark } from '../../run/markMemory';
import { forWorkflow } from './forWorkflow';

export const description: OperationModule['description'] = [];

export const execute: OperationModule['execute'] = async (run) => {
	const marks = await run.openMarks();
	return forWorkflow(
		run,
		marks.ok ? success([...marks.value.all().values()].map(describe)) : marks,
	);
};

function describe({ node, tenantId, list, mark: { settled, pending } }: KeptMark): IDataObject {
	return {
		node,
		list,
		readUntil: instantOf(settled),
		pendingUntil: instantOf(pending?.cursor),
		pendingExecution: pending?.execution.id ?? null,
		tenantId,
	};
}

function instantOf(cursor: ChangeCursor | undefined): string | null {
	return cursor === undefined ? null : new Date(cursor.until).toISOString();
}
