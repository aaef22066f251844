import type { IDataObject } from 'n8n-workflow';

import { success } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { simplifyField } from '../../fields/readOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { employeeKind, employeeLocator } from '../../payroll/employeeKind';
import { addressOf, payrollPresenter } from '../../payroll/PayrollKind';
import { payrollField, payrollFinder } from '../../payroll/payrollVersion';
import { callEach } from '../../requests/callEach';
import { singleCall } from '../../requests/RequestFacts';
import { done, failed } from '../../run/ItemOutcome';

export const description: OperationModule['description'] = [
	employeeLocator.field('The employee to read'),
	payrollField,
	simplifyField,
];

export const request = singleCall(
	'GET',
	`${addressOf(employeeKind, '{VERSION}')}/{ID}`,
	employeeKind.scope,
);

export const execute: OperationModule['execute'] = async (run) => {
	const payrollOf = payrollFinder(run);
	const present = payrollPresenter(run, employeeKind);
	return await callEach(run, {
		effect: 'read',
		scope: employeeKind.scope,
		async build(item) {
			const id = pickedId(run, employeeLocator, item);
			if (!id.ok) return id;
			const tenantId = await run.organisationOf(item);
			if (!tenantId.ok) return tenantId;
			const version = await payrollOf(item, tenantId.value);
			return version.ok
				? success({ method: 'GET', path: `${addressOf(employeeKind, version.value)}/${id.value}` })
				: version;
		},
		read({ body }, item) {
			const { Employees, employee } = (body ?? {}) as {
				readonly Employees?: readonly IDataObject[];
				readonly employee?: IDataObject | null;
			};
			const [record] = Employees ?? [employee];
			return record === undefined || record === null
				? failed({ kind: 'api', message: 'Xero has no employee with this id', httpCode: '404' })
				: done(present(record, item, Employees === undefined ? '2.0' : '1.0'));
		},
	});
};
