import { refuseInput, success } from '../../errors/failure';
import type { OperationModule } from '../../operations/OperationModule';
import { forWorkflow } from './forWorkflow';

export const description: OperationModule['description'] = [];

/** From the editor it would be forgotten itself, and look as if it had worked. */
export const execute: OperationModule['execute'] = async (run) => {
	if (run.isManual) {
		return forWorkflow(
			run,
			refuseInput(
				'A run from the editor cannot reset incremental reads: n8n forgets what it changes',
				'Publish the workflow and start this node from a trigger, such as a form. To read everything just now, switch Only Since Last Successful Run off.',
			),
		);
	}
	const marks = await run.openMarks();
	if (!marks.ok) return forWorkflow(run, marks);
	const reset = marks.value.all().size;
	marks.value.clear();
	return forWorkflow(run, success([{ reset }]));
};
