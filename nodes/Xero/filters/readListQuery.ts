import { success, type Outcome } from '../errors/failure';
import { readLimit } from '../fields/readLimit';
import type { ListQuery } from '../requests/ListQuery';
import type { OperationRun } from '../run/OperationRun';
import { isBlank } from '../values/isBlank';
import { locatorValue } from '../values/locatorValue';
import { allOf } from '../values/whereClause';
import type { FilterField } from './Filter';
import { readCountAsRead } from './sinceLastRunFields';

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

function isUnset(value: unknown): boolean {
	return isBlank(value) || (typeof value === 'object' && locatorIsEmpty(value));
}

function locatorIsEmpty(value: object): boolean {
	return 'value' in value && 'mode' in value && locatorValue(value).value === '';
}
