import { success } from '../errors/failure';
import { parseCalendarDate } from '../values/calendarDate';
import { parseDecimal } from '../values/decimal';
import { locatorValue } from '../values/locatorValue';
import { parseModifiedSince } from '../values/modifiedSince';
import { equalTo, onOrAfter, onOrBefore } from '../values/whereClause';
import { parseXeroId } from '../values/xeroId';
import type { Filter, FilterEffect } from './Filter';

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

function splitList(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : String(value).split(',');
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}
