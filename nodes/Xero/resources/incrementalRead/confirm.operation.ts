import { success } from '../../errors/failure';
import type { OperationModule } from '../../operations/OperationModule';
import { confirm } from '../../run/readMark';
import { forWorkflow } from './forWorkflow';

export const description: OperationModule['description'] = [];

export const execute: OperationModule['execute'] = async (run) => {
	const marks = await run.openMarks();
	if (!marks.ok) return forWorkflow(run, marks);
	let confirmed = 0;
	for (const [key, kept] of marks.value.all()) {
		const mark = confirm(kept.mark, run.execution);
		if (mark === undefined) continue;
		marks.value.put(key, { ...kept, mark });
		confirmed += 1;
	}
	return forWorkflow(run, success([{ confirmed }]));
};
