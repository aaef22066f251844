import { refuseInput, success, type Outcome } from '../errors/failure';
import type { OperationRun } from '../run/OperationRun';

/** How many records an item wants: *Limit*, or `Infinity` with *Return All*. */
export function readLimit(run: OperationRun, item: number): Outcome<number> {
	if (run.parameter('returnAll', item, false) === true) return success(Infinity);
	const limit = Number(run.parameter('limit', item, 50));
	return Number.isInteger(limit) && limit > 0
		? success(limit)
		: refuseInput('Limit is not a whole number above zero');
}
