import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { refuseInput, success, type Outcome } from '../errors/failure';
import type { FilterEffect } from '../filters/Filter';
import {
	asDayQuery,
	asEqual,
	asFrom,
	asPicked,
	asUntil,
	asUpdatedSince,
} from '../filters/filterEffects';
import { commonFilters } from '../filters/filters';
import type { OperationRun } from '../run/OperationRun';
import { isBlank } from '../values/isBlank';
import { locatorValue } from '../values/locatorValue';
import { parseModifiedSince } from '../values/modifiedSince';
import type { PayrollVersion } from './payrollVersion';

/** What a filter adds to the request for a list; a condition is of `where` in 1.0, of `filter` in 2.0. */
export type PayrollEffect = Omit<FilterEffect, 'ids'> & {
	/** What it leaves, where Xero's list cannot be filtered. */
	readonly keep?: (record: IDataObject) => boolean;
};

/** One filter of a list of payroll: how the editor shows it, and what it means in each version. */
export interface PayrollFilter {
	readonly property: INodeProperties;
	readonly apply: Readonly<
		Record<PayrollVersion, (value: unknown, run: OperationRun) => Outcome<PayrollEffect>>
	>;
}

/** A text of 1.0's `where` and of 2.0's `filter`, which has no way to escape. */
export function nameFilter(displayName: string, name: string, xero: string): PayrollFilter {
	return {
		property: {
			displayName,
			name,
			type: 'string',
			default: '',
			description: 'The whole name, in any case',
		},
		apply: {
			'1.0': asEqual(xero),
			'2.0'(value) {
				const text = String(value).trim();
				return /[,=]/.test(text)
					? refuseInput(
							`${displayName} has a comma or an equals sign: ${JSON.stringify(text)}`,
							"The filter of New Zealand's and the United Kingdom's payroll cannot take them.",
						)
					: success({ condition: `${name}==${text}` });
			},
		},
	};
}

/** A state by 2.0's word; 1.0 writes it in capitals. */
export function statusFilter(xero: string, options: INodePropertyOptions[]): PayrollFilter {
	const first = options[0]?.value ?? '';
	return {
		property: {
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options,
			default: first,
			description: 'Only those in this state',
		},
		apply: {
			'1.0': (value, run) => asEqual(xero)(String(value).toUpperCase(), run),
			'2.0': (value) => success({ query: { status: String(value) } }),
		},
	};
}

/** First day of a period, included. */
export function startFilter(displayName: string, xero: string): PayrollFilter {
	return {
		property: {
			displayName,
			name: 'startDate',
			type: 'dateTime',
			default: '',
			description: 'Only those whose first day is this one or later',
		},
		apply: { '1.0': asFrom(xero, displayName), '2.0': asDayQuery('startDate', displayName) },
	};
}

/** Last day of a period, included. */
export function endFilter(displayName: string, xero: string): PayrollFilter {
	return {
		property: {
			displayName,
			name: 'endDate',
			type: 'dateTime',
			default: '',
			description: 'Only those whose last day is this one or earlier',
		},
		apply: { '1.0': asUntil(xero, displayName), '2.0': asDayQuery('endDate', displayName) },
	};
}

export function employeeFilter(property: INodeProperties): PayrollFilter {
	const { displayName } = property;
	return {
		property,
		apply: {
			'1.0': asPicked((id) => ({ condition: `EmployeeID==Guid("${id}")` }), displayName),
			'2.0': asPicked((id) => ({ condition: `employeeId==${id}` }), displayName),
		},
	};
}

/** 2.0 cannot be asked for changes: those that are older are left out here. */
export const updatedSinceFilter: PayrollFilter = {
	property: commonFilters.updatedSince.property,
	apply: {
		'1.0': asUpdatedSince,
		'2.0'(value, run) {
			const since = parseModifiedSince(value, run.timeZone);
			if (!since.ok) return since;
			const keep = ({ updatedDateUTC }: IDataObject) => String(updatedDateUTC) >= since.value;
			return success({ keep });
		},
	},
};

export const whereFilter: PayrollFilter = {
	property: {
		displayName: 'Where',
		name: 'where',
		type: 'string',
		default: '',
		placeholder: 'e.g. StartDate>=DateTime(2026,1,1)',
		description:
			"Further conditions in Xero's own filter language; with the payroll of Australia only. Values from untrusted input belong in the other filters, which escape them.",
	},
	apply: {
		'1.0': (value) => success({ condition: `(${String(value)})` }),
		'2.0': () =>
			refuseInput(
				'Where works with the payroll of Australia only',
				'Use the other filters, or an IF node after this one.',
			),
	},
};

/** What all chosen filters of an item add together. */
export interface PayrollQuery {
	readonly query: Readonly<Record<string, string>>;
	readonly ifModifiedSince?: string;
	readonly keep: (record: IDataObject) => boolean;
}

export function readPayrollFilters(
	run: OperationRun,
	item: number,
	filters: readonly PayrollFilter[],
	version: PayrollVersion,
): Outcome<PayrollQuery> {
	const given = run.parameter('filters', item, {}) as Record<string, unknown>;
	const effects: PayrollEffect[] = [];
	for (const { property, apply } of filters) {
		const value = given[property.name];
		if (isBlank(value) || isEmptyLocator(value)) continue;
		const effect = apply[version](value, run);
		if (!effect.ok) return effect;
		effects.push(effect.value);
	}
	const conditions = effects.flatMap(({ condition }) => condition ?? []);
	const together =
		version === '1.0' ? { where: conditions.join(' AND ') } : { filter: conditions.join(',') };
	return success({
		query: Object.assign(
			{},
			...effects.map(({ query }) => query),
			conditions.length === 0 ? {} : together,
		) as PayrollQuery['query'],
		ifModifiedSince: effects.find((effect) => effect.ifModifiedSince)?.ifModifiedSince,
		keep: (record) => effects.every(({ keep }) => keep?.(record) !== false),
	});
}

function isEmptyLocator(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'mode' in value
		? locatorValue(value).value === ''
		: false;
}
