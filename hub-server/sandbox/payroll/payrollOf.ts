import { countries } from '../seed/countries';
import { firstNames, lastNames, streets } from '../seed/names';
import { pick, randomGuid, seededRandom } from '../world/random';
import type { TableRow } from '../world/Table';
import type { Organisation } from '../world/World';

/** The payroll of an organisation, in no country's words. Days are midnight UTC in milliseconds. */
export interface Payroll {
	readonly calendarId: string;
	readonly earningsRateId: string;
	readonly employees: readonly Employee[];
	/** One a week, the last a draft. */
	readonly payRuns: readonly PayRun[];
	/** One for each employee and week. */
	readonly timesheets: readonly Timesheet[];
}

export interface Employee extends TableRow {
	readonly firstName: string;
	readonly lastName: string;
	readonly gender: 'F' | 'M';
	readonly email: string;
	readonly jobTitle: string;
	readonly street: string;
	readonly city: string;
	readonly bornMs: number;
	readonly startMs: number;
	/** Of those who have left. */
	readonly endMs: number | undefined;
	readonly createdMs: number;
}

export interface PayRun extends TableRow {
	readonly startMs: number;
	readonly endMs: number;
	readonly paymentMs: number;
	readonly isPosted: boolean;
	readonly payslips: readonly Payslip[];
}

export interface Payslip {
	readonly id: string;
	readonly employee: Employee;
	readonly wages: number;
	readonly tax: number;
}

export interface Timesheet extends TableRow {
	readonly employeeId: string;
	readonly startMs: number;
	readonly endMs: number;
	/** What comes later stands further back. */
	readonly status: 'Draft' | 'Approved' | 'Paid';
	/** Of each day. */
	readonly hours: readonly number[];
	readonly lineId: string;
}

const DAY_MS = 86_400_000;
const EMPLOYEES = 12;
const WEEKS = 10;
/** A Monday. */
const FIRST_WEEK_MS = Date.UTC(2026, 7, 3);
const HOURLY_WAGE = 30;

/** To read: always the same for an organisation. Nobody has it in a country without payroll of Xero's. */
export function payrollOf({ tenantId, country }: Organisation): Payroll {
	const random = seededRandom(`the payroll of ${tenantId}`);
	const { cities } = countries[country];
	const employees = Array.from({ length: EMPLOYEES }, (_, index): Employee => {
		const firstName = firstNames[index] ?? 'Sam';
		const lastName = pick(random, lastNames);
		const createdMs = Date.UTC(2026, 0, index + 1, 9, 30);
		return {
			id: randomGuid(random),
			updatedMs: createdMs + DAY_MS,
			firstName,
			lastName,
			gender: index % 2 === 0 ? 'F' : 'M',
			email: `${firstName}.${lastName}@staff.example`.toLowerCase(),
			jobTitle: pick(random, ['Accountant', 'Barista', 'Driver', 'Manager']),
			street: `${1 + Math.floor(random() * 200)} ${pick(random, streets)}`,
			city: pick(random, cities),
			bornMs: Date.UTC(1970 + Math.floor(random() * 30), index, 15),
			startMs: Date.UTC(2026, 0, index + 1),
			endMs: index === EMPLOYEES - 1 ? Date.UTC(2026, 9, 31) : undefined,
			createdMs,
		};
	});
	const weeks = Array.from({ length: WEEKS }, (_, week) => FIRST_WEEK_MS + week * 7 * DAY_MS);
	const timesheets = weeks.flatMap((startMs, week) =>
		employees.map(({ id }): Timesheet => ({
			id: randomGuid(random),
			updatedMs: startMs + 7 * DAY_MS,
			employeeId: id,
			startMs,
			endMs: startMs + 6 * DAY_MS,
			status: week === WEEKS - 1 ? 'Draft' : week === WEEKS - 2 ? 'Approved' : 'Paid',
			hours: [8, 8, 8, 8, Math.floor(random() * 9), 0, 0],
			lineId: randomGuid(random),
		})),
	);
	const payRuns = weeks.map((startMs, week): PayRun => {
		const ofWeek = timesheets.filter((timesheet) => timesheet.startMs === startMs);
		return {
			id: randomGuid(random),
			updatedMs: startMs + 8 * DAY_MS,
			startMs,
			endMs: startMs + 6 * DAY_MS,
			paymentMs: startMs + 9 * DAY_MS,
			isPosted: week < WEEKS - 1,
			payslips: ofWeek.map(({ hours }, index) => {
				const wages = sum(hours) * HOURLY_WAGE;
				return {
					id: randomGuid(random),
					employee: employees[index] as Employee,
					wages,
					tax: Math.round(wages / 5),
				};
			}),
		};
	});
	return {
		calendarId: randomGuid(random),
		earningsRateId: randomGuid(random),
		employees,
		payRuns,
		timesheets,
	};
}

export function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
