import type { IDataObject } from 'n8n-workflow';

import { presenter } from '../output/presenter';
import type { XeroCollection } from '../requests/XeroCollection';
import type { OperationRun } from '../run/OperationRun';
import type { PayrollVersion } from './payrollVersion';
import { readPayrollDates } from './readPayrollDates';

/** One kind of record of payroll, in both versions of the API. */
export interface PayrollKind {
	/** What a person calls one. */
	readonly label: string;
	/** Its address, and the array's name in 1.0; 2.0 writes that with a small letter. */
	readonly name: 'Employees' | 'PayRuns' | 'Timesheets';
	readonly scope: string;
	readonly idField: Readonly<Record<PayrollVersion, string>>;
	/** What *Simplify* leaves of a record, in this order. */
	readonly telling: Readonly<Record<PayrollVersion, readonly string[]>>;
}

export function collectionOf(kind: PayrollKind, version: PayrollVersion): XeroCollection {
	const { label, name, scope } = kind;
	return {
		name: version === '1.0' ? name : name.charAt(0).toLowerCase() + name.slice(1),
		path: addressOf(kind, version),
		idField: kind.idField[version],
		label,
		scope,
		query: {},
		paging: 'fixed',
	};
}

/** Below Xero's host. */
export function addressOf({ name }: PayrollKind, version: PayrollVersion | '{VERSION}'): string {
	return `payroll.xro/${version}/${name}`;
}

/** Gives out records of either version as their items want them. */
export function payrollPresenter(
	run: OperationRun,
	kind: PayrollKind,
): (record: IDataObject, item: number, version: PayrollVersion) => IDataObject {
	const presented = (version: PayrollVersion) =>
		presenter(run, {
			collection: { idField: kind.idField[version] },
			simplify: (record) =>
				Object.fromEntries(
					kind.telling[version]
						.filter((name) => record[name] !== undefined)
						.map((name) => [name, record[name]]),
				),
		});
	const by = { '1.0': presented('1.0'), '2.0': presented('2.0') } as const;
	return (record, item, version) => by[version](readPayrollDates(record), item);
}
