import type { ApiCall } from '../../resource/ApiResource';
import { DUE_DATE_TYPES, type Schedule } from '../../world/RepeatingInvoice';
import { isObject } from '../../writing/readElements';
import { readDate, todayOf } from '../document/readDate';

/** Reads a schedule; undefined, with the reasons in `messages`, when it is not a whole one. */
export function readSchedule(
	call: ApiCall,
	sent: unknown,
	messages: string[],
): Schedule | undefined {
	if (!isObject(sent)) {
		messages.push('A Schedule must be specified');
		return undefined;
	}
	const { Period: period, DueDate: dueDate, Unit, DueDateType } = sent;
	const unit = Unit === 'WEEKLY' || Unit === 'MONTHLY' ? Unit : undefined;
	const dueDateType = DUE_DATE_TYPES.find((type) => type === DueDateType);
	const startDateMs = readDate(sent, 'StartDate', todayOf(call.nowMs), messages);
	const endDateMs = readDate(sent, 'EndDate', undefined, messages);
	if (!isWhole(period, 1)) messages.push('Schedule Period must be a whole number above zero');
	if (unit === undefined) messages.push('Schedule Unit must be WEEKLY or MONTHLY');
	if (!isWhole(dueDate, 0)) messages.push('Schedule DueDate must be a whole number');
	if (dueDateType === undefined) messages.push('Schedule DueDateType is not valid');
	if (startDateMs !== undefined && endDateMs !== undefined && endDateMs < startDateMs) {
		messages.push('Schedule EndDate must not be before its StartDate');
	}
	if (!isWhole(period, 1) || !isWhole(dueDate, 0) || unit === undefined) return undefined;
	if (dueDateType === undefined || startDateMs === undefined) return undefined;
	return {
		period,
		unit,
		dueDate,
		dueDateType,
		startDateMs,
		nextScheduledDateMs: startDateMs,
		endDateMs,
	};
}

function isWhole(value: unknown, least: number): value is number {
	return typeof value === 'number' && Number.isInteger(value) && value >= least;
}
