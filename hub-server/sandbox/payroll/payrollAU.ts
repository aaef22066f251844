import type { Reply } from '../http/Reply';
import type { Fields } from '../query/Field';
import { listRows } from '../query/listRows';
import { notFound } from '../resource/apiError';
import type { ApiCall, ApiResource, ApiRoute } from '../resource/ApiResource';
import { envelope } from '../resource/envelope';
import { msDateTime } from '../resource/xeroDate';
import { Table, type TableRow } from '../world/Table';
import type { Element } from '../writing/readElements';
import { inCountries } from './inCountries';
import {
	payrollOf,
	sum,
	type Employee,
	type Payroll,
	type PayRun,
	type Timesheet,
} from './payrollOf';

/** Payroll 1.0 of Australia, to read: made like the Accounting API. */
export const payrollAU: readonly ApiResource[] = [
	resource<Employee>({
		name: 'Employees',
		scope: 'payroll.employees',
		typeName: 'Employee',
		rows: ({ employees }) => employees,
		fields: {
			EmployeeID: { type: 'Guid', get: ({ id }) => id },
			FirstName: { type: 'String', get: ({ firstName }) => firstName },
			LastName: { type: 'String', get: ({ lastName }) => lastName },
			Email: { type: 'String', get: ({ email }) => email },
			Status: { type: 'String', get: statusOf },
			StartDate: { type: 'DateTime', get: ({ startMs }) => startMs },
			UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
		},
		present: presentEmployee,
		one: (call, employee, payroll) =>
			envelope(call, 'Employees', [
				{
					...presentEmployee(employee, payroll),
					JobTitle: employee.jobTitle,
					HomeAddress: {
						AddressLine1: employee.street,
						City: employee.city,
						Region: STATES[employee.city],
						PostalCode: '3000',
						Country: 'AUSTRALIA',
					},
					IsAuthorisedToApproveLeave: false,
					IsAuthorisedToApproveTimesheets: false,
					TaxDeclaration: {
						EmployeeID: employee.id,
						EmploymentBasis: 'FULLTIME',
						AustralianResidentForTaxPurposes: true,
						TaxFreeThresholdClaimed: true,
						UpdatedDateUTC: msDateTime(employee.updatedMs),
					},
					BankAccounts: [],
				},
			]),
	}),
	resource<PayRun>({
		name: 'PayRuns',
		scope: 'payroll.payruns',
		typeName: 'PayRun',
		rows: ({ payRuns }) => payRuns,
		fields: {
			PayRunID: { type: 'Guid', get: ({ id }) => id },
			PayRunStatus: { type: 'String', get: ({ isPosted }) => (isPosted ? 'POSTED' : 'DRAFT') },
			PaymentDate: { type: 'DateTime', get: ({ paymentMs }) => paymentMs },
			UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
		},
		present: presentPayRun,
		one: (call, payRun, payroll) =>
			envelope(call, 'PayRuns', [
				{
					...presentPayRun(payRun, payroll),
					Payslips: payRun.payslips.map(({ id, employee, wages, tax }) => ({
						EmployeeID: employee.id,
						PayslipID: id,
						FirstName: employee.firstName,
						LastName: employee.lastName,
						Wages: wages,
						Deductions: 0,
						Tax: tax,
						Super: 0,
						Reimbursements: 0,
						NetPay: wages - tax,
						UpdatedDateUTC: msDateTime(payRun.updatedMs),
					})),
				},
			]),
	}),
	resource<Timesheet>({
		name: 'Timesheets',
		scope: 'payroll.timesheets',
		typeName: 'Timesheet',
		rows: ({ timesheets }) => timesheets,
		fields: {
			TimesheetID: { type: 'Guid', get: ({ id }) => id },
			EmployeeID: { type: 'Guid', get: ({ employeeId }) => employeeId },
			Status: { type: 'String', get: ({ status }) => TIMESHEET_STATUS[status] },
			StartDate: { type: 'DateTime', get: ({ startMs }) => startMs },
			EndDate: { type: 'DateTime', get: ({ endMs }) => endMs },
			UpdatedDateUTC: { type: 'DateTime', get: ({ updatedMs }) => updatedMs },
		},
		present: presentTimesheet,
		one: (call, timesheet, payroll) =>
			envelope(call, 'Timesheet', presentTimesheet(timesheet, payroll)),
	}),
];

interface PayrollResource<Row extends TableRow> {
	readonly name: string;
	readonly scope: string;
	readonly typeName: string;
	readonly fields: Fields<Row>;
	rows(payroll: Payroll): readonly Row[];
	present(row: Row, payroll: Payroll): Element;
	/** The answer with one, which says more. */
	one(call: ApiCall, row: Row, payroll: Payroll): Reply;
}

function resource<Row extends TableRow>(kind: PayrollResource<Row>): ApiResource {
	const { name, scope, typeName, fields } = kind;
	const route = (path: string, handle: (call: ApiCall) => Reply): ApiRoute =>
		inCountries(['AU'], path, handle);
	return {
		name,
		scopes: [scope],
		routes: [
			route(`/${name}`, (call) => {
				const payroll = payrollOf(call.organisation);
				const rows = new Table<Row>();
				for (const row of kind.rows(payroll)) rows.put(row);
				return listRows(call, {
					collection: name,
					typeName,
					rows,
					fields,
					paged: 'always',
					hasPagination: false,
					present: (row) => kind.present(row, payroll),
				});
			}),
			route(`/${name}/:id`, (call) => {
				const payroll = payrollOf(call.organisation);
				const id = call.params['id']?.toLowerCase();
				const row = kind.rows(payroll).find((one) => one.id === id);
				return row === undefined ? notFound() : kind.one(call, row, payroll);
			}),
		],
	};
}

function presentEmployee(employee: Employee, { calendarId, earningsRateId }: Payroll): Element {
	return {
		EmployeeID: employee.id,
		FirstName: employee.firstName,
		LastName: employee.lastName,
		Status: statusOf(employee),
		Email: employee.email,
		DateOfBirth: msDateTime(employee.bornMs),
		Gender: employee.gender,
		StartDate: msDateTime(employee.startMs),
		...(employee.endMs !== undefined && { TerminationDate: msDateTime(employee.endMs) }),
		OrdinaryEarningsRateID: earningsRateId,
		PayrollCalendarID: calendarId,
		UpdatedDateUTC: msDateTime(employee.updatedMs),
		IsSTP2Qualified: false,
	};
}

function presentPayRun(payRun: PayRun, { calendarId }: Payroll): Element {
	const wages = sum(payRun.payslips.map((payslip) => payslip.wages));
	const tax = sum(payRun.payslips.map((payslip) => payslip.tax));
	return {
		PayRunID: payRun.id,
		PayrollCalendarID: calendarId,
		PayRunPeriodStartDate: msDateTime(payRun.startMs),
		PayRunPeriodEndDate: msDateTime(payRun.endMs),
		PaymentDate: msDateTime(payRun.paymentMs),
		Wages: wages,
		Deductions: 0,
		Tax: tax,
		Super: 0,
		Reimbursement: 0,
		NetPay: wages - tax,
		PayRunStatus: payRun.isPosted ? 'POSTED' : 'DRAFT',
		UpdatedDateUTC: msDateTime(payRun.updatedMs),
	};
}

function presentTimesheet(timesheet: Timesheet, { earningsRateId }: Payroll): Element {
	return {
		TimesheetID: timesheet.id,
		EmployeeID: timesheet.employeeId,
		StartDate: msDateTime(timesheet.startMs),
		EndDate: msDateTime(timesheet.endMs),
		Hours: sum(timesheet.hours),
		Status: TIMESHEET_STATUS[timesheet.status],
		UpdatedDateUTC: msDateTime(timesheet.updatedMs),
		TimesheetLines: [
			{
				EarningsRateID: earningsRateId,
				NumberOfUnits: timesheet.hours,
				UpdatedDateUTC: msDateTime(timesheet.updatedMs),
			},
		],
	};
}

function statusOf({ endMs }: Employee): string {
	return endMs === undefined ? 'ACTIVE' : 'TERMINATED';
}

const TIMESHEET_STATUS = { Draft: 'DRAFT', Approved: 'APPROVED', Paid: 'PROCESSED' } as const;

const STATES: Readonly<Record<string, string>> = {
	Melbourne: 'VIC',
	Sydney: 'NSW',
	Brisbane: 'QLD',
	Perth: 'WA',
	Adelaide: 'SA',
};
