import { success, type Outcome } from '../errors/failure';
import { parseCalendarDate } from '../values/calendarDate';
import { parseDecimal } from '../values/decimal';
import { isBlank } from '../values/isBlank';
import { locatorValue } from '../values/locatorValue';
import { parseModifiedSince } from '../values/modifiedSince';
import { allOf, equalTo, onOrAfter, onOrBefore } from '../values/whereClause';
import { parseXeroId } from '../values/xeroId';
import type { FilterField } from './filters';
import type { OperationRun } from '../run/OperationRun';
import { readCountAsRead } from './sinceLastRunFields';
import { readLimit } from '../fields/readLimit';
import type { ListQuery } from '../requests/readMany';

/** What one filter of the editor adds to a list request. */
export interface FilterEffect {
	readonly query?: Readonly<Record<string, string>>;
	/** A condition of `where`. */
	readonly condition?: string;
	readonly ids?: readonly string[];
	readonly ifModifiedSince?: string;
}

export type Filter = (value: unknown, run: OperationRun) => Outcome<FilterEffect>;

/** A list or comma-separated text as one query parameter. */
export function asList(parameter: string): Filter {
	return (value) => success({ query: { [parameter]: splitList(value).join(',') } });
}

export function asQuery(parameter: string): Filter {
	return (value) => success({ query: { [parameter]: locatorValue(value).value } });
}

/** Sent only when it is on. */
export function asSwitch(parameter: string): Filter {
	return (value) => success(value === true ? { query: { [parameter]: 'true' } } : {});
}

export function asEqual(field: string): Filter {
	return (value) => success({ condition: equalTo(field, locatorValue(value).value) });
}

export function asFrom(field: string, label: string): Filter {
	return asDay(label, (date) => onOrAfter(field, date));
}

export function asUntil(field: string, label: string): Filter {
	return asDay(label, (date) => onOrBefore(field, date));
}

export const asUpdatedSince: Filter = (value, run) => {
	const since = parseModifiedSince(value, run.timeZone);
	return since.ok ? success({ ifModifiedSince: since.value }) : since;
};

export const asIds: Filter = (value) => {
	const ids: string[] = [];
	for (const text of splitList(value)) {
		const id = parseXeroId(text, 'IDs');
		if (!id.ok) return id;
		ids.push(id.value);
	}
	return success({ ids: [...new Set(ids)] });
};

/** One picked record; `effect` gets its id. */
export function asPicked(effect: (id: string) => FilterEffect, label: string): Filter {
	return (value) => {
		const id = parseXeroId(locatorValue(value).value, label);
		return id.ok ? success(effect(id.value)) : id;
	};
}

/** A day as a query parameter, for lists without `where`. */
export function asDayQuery(parameter: string, label: string): Filter {
	return (value) => {
		const date = parseCalendarDate(value, label);
		if (!date.ok) return date;
		return success(date.value === undefined ? {} : { query: { [parameter]: date.value } });
	};
}

export function asAtLeast(field: string, label: string): Filter {
	return asAmount(label, (amount) => `${field}>=${amount}`);
}

export function asAtMost(field: string, label: string): Filter {
	return asAmount(label, (amount) => `${field}<=${amount}`);
}

/** Any of the chosen values. */
export function asOneOf(field: string): Filter {
	return (value) => {
		const conditions = splitList(value).map((one) => equalTo(field, one));
		return success(conditions.length === 0 ? {} : { condition: `(${conditions.join(' OR ')})` });
	};
}

/**
 * The request that an item's Return All, Limit, Filters and Sort describe.
 *
 * @param idField orders the list where no sorting is chosen: pages of a list ordered by change
 * would shift while they are read; `undefined` where Xero's list takes no order
 */
export function readListQuery(
	run: OperationRun,
	item: number,
	filters: readonly FilterField[],
	idField: string | undefined,
): Outcome<ListQuery> {
	const given = run.parameter('filters', item, {}) as Record<string, unknown>;
	let query: Record<string, string> = {};
	const conditions: string[] = [];
	let ids: readonly string[] = [];
	let ifModifiedSince: string | undefined;
	for (const { property, apply } of filters) {
		const value = given[property.name];
		if (isUnset(value)) continue;
		const effect = apply(value, run);
		if (!effect.ok) return effect;
		query = { ...query, ...effect.value.query };
		if (effect.value.condition !== undefined) conditions.push(effect.value.condition);
		ids = effect.value.ids ?? ids;
		ifModifiedSince = effect.value.ifModifiedSince ?? ifModifiedSince;
	}
	const where = allOf(conditions, String(given.where ?? ''));
	const limit = readLimit(run, item);
	if (!limit.ok) return limit;
	return success({
		limit: limit.value,
		ids,
		ifModifiedSince,
		countAsRead: readCountAsRead(run, item),
		query: {
			...query,
			...(where === undefined ? {} : { where }),
			...(idField === undefined ? {} : { order: readOrder(run, item) ?? `${idField} ASC` }),
		},
	});
}

function readOrder(run: OperationRun, item: number): string | undefined {
	const { by } = run.parameter('sort', item, {}) as {
		by?: { field?: string; direction?: string };
	};
	return by?.field ? `${by.field} ${by.direction === 'DESC' ? 'DESC' : 'ASC'}` : undefined;
}

function asAmount(label: string, condition: (amount: string) => string): Filter {
	return (value) => {
		const amount = parseDecimal(value, label);
		if (!amount.ok) return amount;
		return success(
			amount.value === undefined ? {} : { condition: condition(amount.value.literal) },
		);
	};
}

function asDay(label: string, condition: (date: string) => string): Filter {
	return (value) => {
		const date = parseCalendarDate(value, label);
		if (!date.ok) return date;
		return success(date.value === undefined ? {} : { condition: condition(date.value) });
	};
}

function isUnset(value: unknown): boolean {
	return isBlank(value) || (typeof value === 'object' && locatorIsEmpty(value));
}

function locatorIsEmpty(value: object): boolean {
	return 'value' in value && 'mode' in value && locatorValue(value).value === '';
}

function splitList(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : String(value).split(',');
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}
