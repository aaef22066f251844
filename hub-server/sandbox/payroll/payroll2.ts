import { parameter } from '../http/parameter';
import type { Reply } from '../http/Reply';
import type { ApiCall, ApiResource, ApiRoute } from '../resource/ApiResource';
import { dateString, parseDay } from '../resource/xeroDate';
import type { TableRow } from '../world/Table';
import type { Country } from '../world/World';
import type { Element } from '../writing/readElements';
import { answer2, page2, problem2 } from './answer2';
import { inCountries } from './inCountries';
import {
	payrollOf,
	sum,
	type Employee,
	type Payroll,
	type PayRun,
	type Timesheet,
} from './payrollOf';

/** Payroll 2.0 of New Zealand and the United Kingdom, to read. */
export const payroll2: readonly ApiResource[] = [
	resource<Employee>({
		name: 'Employees',
		record: 'employee',
		scope: 'payroll.employees',
		rows: ({ employees }) => employees,
		filter: {
			firstname: ({ firstName }) => firstName,
			lastname: ({ lastName }) => lastName,
		},
		present: presentEmployee,
		more: ({ jobTitle }, _payroll, country) =>
			country === 'NZ' ? { jobTitle } : { nationalInsuranceNumber: null },
	}),
	resource<PayRun>({
		name: 'PayRuns',
		record: 'payRun',
		scope: 'payroll.payruns',
		rows: ({ payRuns }) => payRuns,
		filter: {},
		keep: (call, { isPosted }) => {
			const status = parameter(call.request, 'status')?.toLowerCase();
			return status === undefined || (status === 'posted') === isPosted;
		},
		present: presentPayRun,
		more: ({ id, payslips }) => ({
			paySlips: payslips.map((payslip) => ({
				paySlipID: payslip.id,
				employeeID: payslip.employee.id,
				payRunID: id,
				lastEdited: null,
				firstName: payslip.employee.firstName,
				lastName: payslip.employee.lastName,
				totalEarnings: payslip.wages,
				grossEarnings: payslip.wages,
				totalPay: payslip.wages - payslip.tax,
				totalEmployerTaxes: 0,
				totalEmployeeTaxes: payslip.tax,
				totalDeductions: 0,
				totalReimbursements: 0,
				bacsHash: null,
				paymentMethod: 'Electronically',
			})),
		}),
	}),
	resource<Timesheet>({
		name: 'Timesheets',
		record: 'timesheet',
		scope: 'payroll.timesheets',
		rows: ({ timesheets }) => timesheets,
		filter: { employeeid: ({ employeeId }) => employeeId },
		keep: (call, { status, startMs, endMs }) => {
			const wanted = parameter(call.request, 'status')?.toLowerCase();
			const from = parseDay(parameter(call.request, 'startDate'));
			const until = parseDay(parameter(call.request, 'endDate'));
			return (
				(wanted === undefined || TIMESHEET_STATUS[status].toLowerCase() === wanted) &&
				(from === undefined || startMs >= from) &&
				(until === undefined || endMs <= until)
			);
		},
		present: presentTimesheet,
		more: ({ hours, startMs, lineId }, { earningsRateId }) => ({
			timesheetLines: hours.flatMap((numberOfUnits, day) =>
				numberOfUnits === 0
					? []
					: {
							timesheetLineID: lineId,
							date: dateString(startMs + day * DAY_MS),
							earningsRateID: earningsRateId,
							trackingItemID: null,
							numberOfUnits,
						},
			),
		}),
	}),
];

const DAY_MS = 86_400_000;

interface PayrollResource<Row extends TableRow> {
	readonly name: string;
	/** The member that holds one; its plural holds the list. */
	readonly record: string;
	readonly scope: string;
	/** What `filter` may name, in lower case. */
	readonly filter: Readonly<Record<string, (row: Row) => string>>;
	rows(payroll: Payroll): readonly Row[];
	/** What the list's own parameters leave. */
	keep?(call: ApiCall, row: Row): boolean;
	present(row: Row, payroll: Payroll, country: Country): Element;
	/** What the answer with one says besides. */
	more(row: Row, payroll: Payroll, country: Country): Element;
}

function resource<Row extends TableRow>(kind: PayrollResource<Row>): ApiResource {
	const { name, record, scope } = kind;
	const route = (path: string, handle: (call: ApiCall) => Reply): ApiRoute =>
		inCountries(['NZ', 'GB'], path, handle);
	return {
		name,
		scopes: [scope],
		routes: [
			route(`/${name}`, (call) => {
				const { organisation } = call;
				const payroll = payrollOf(organisation);
				const wanted = readFilter(call, kind.filter);
				if (typeof wanted === 'string') return problem2(call, 400, record, wanted);
				const rows = kind
					.rows(payroll)
					.filter((row) => wanted(row) && kind.keep?.(call, row) !== false);
				return page2(call, `${record}s`, rows, (row) =>
					kind.present(row, payroll, organisation.country),
				);
			}),
			route(`/${name}/:id`, (call) => {
				const { country } = call.organisation;
				const payroll = payrollOf(call.organisation);
				const id = call.params['id']?.toLowerCase();
				const row = kind.rows(payroll).find((one) => one.id === id);
				if (row === undefined) return problem2(call, 404, record, `There is no such ${record}`);
				return answer2(call, {
					[record]: {
						...kind.present(row, payroll, country),
						...kind.more(row, payroll, country),
					},
				});
			}),
		],
	};
}

/**
 * Reads `firstName==John,lastName==Smith`: all of it has to hold.
 *
 * @returns a sentence where it names what cannot be filtered by
 */
function readFilter<Row>(
	call: ApiCall,
	known: Readonly<Record<string, (row: Row) => string>>,
): ((row: Row) => boolean) | string {
	const conditions = (parameter(call.request, 'filter') ?? '').split(',').filter(Boolean);
	const tests: Array<(row: Row) => boolean> = [];
	for (const condition of conditions) {
		const [name = '', value = ''] = condition.split('==');
		const read = known[name.trim().toLowerCase()];
		if (read === undefined) return `The filter ${name} is not valid`;
		tests.push((row) => read(row).toLowerCase() === value.trim().toLowerCase());
	}
	return (row) => tests.every((test) => test(row));
}

function presentEmployee(employee: Employee, { calendarId }: Payroll, country: Country): Element {
	return {
		employeeID: employee.id,
		firstName: employee.firstName,
		lastName: employee.lastName,
		dateOfBirth: dateString(employee.bornMs),
		gender: employee.gender,
		email: employee.email,
		phoneNumber: null,
		startDate: dateString(employee.startMs),
		address: {
			addressLine1: employee.street,
			addressLine2: null,
			city: employee.city,
			...(country === 'NZ' ? { suburb: null } : { county: null }),
			countryName: country === 'NZ' ? 'NEW ZEALAND' : 'UNITED KINGDOM',
			postCode: country === 'NZ' ? '7400' : 'MK9 1EB',
		},
		payrollCalendarID: calendarId,
		updatedDateUTC: dateString(employee.updatedMs),
		createdDateUTC: dateString(employee.createdMs),
		endDate: employee.endMs === undefined ? null : dateString(employee.endMs),
		...(country === 'GB' && { isOffPayrollWorker: false }),
	};
}

function presentPayRun(payRun: PayRun, { calendarId }: Payroll): Element {
	const wages = sum(payRun.payslips.map((payslip) => payslip.wages));
	const tax = sum(payRun.payslips.map((payslip) => payslip.tax));
	return {
		payRunID: payRun.id,
		payrollCalendarID: calendarId,
		periodStartDate: dateString(payRun.startMs),
		periodEndDate: dateString(payRun.endMs),
		paymentDate: dateString(payRun.paymentMs),
		totalCost: wages,
		totalPay: wages - tax,
		payRunStatus: payRun.isPosted ? 'Posted' : 'Draft',
		payRunType: 'Scheduled',
		calendarType: 'Weekly',
		postedDateTime: payRun.isPosted ? dateString(payRun.updatedMs) : null,
		payslipMessage: null,
	};
}

function presentTimesheet(timesheet: Timesheet, { calendarId }: Payroll): Element {
	return {
		timesheetID: timesheet.id,
		payrollCalendarID: calendarId,
		employeeID: timesheet.employeeId,
		startDate: dateString(timesheet.startMs),
		endDate: dateString(timesheet.endMs),
		status: TIMESHEET_STATUS[timesheet.status],
		totalHours: sum(timesheet.hours),
		updatedDateUTC: dateString(timesheet.updatedMs),
	};
}

const TIMESHEET_STATUS = { Draft: 'Draft', Approved: 'Approved', Paid: 'Completed' } as const;
