import { collect, refuseInput, success } from '../errors/failure';
import { parseCalendarDate } from '../values/calendarDate';
import { parseDecimal } from '../values/decimal';
import { isBlank } from '../values/isBlank';
import { locatorValue } from '../values/locatorValue';
import { parseXeroId } from '../values/xeroId';
import type { Field, Writer } from './Field';
import { writeFields } from './writeFields';

/**
 * For a field that a record cannot go without.
 *
 * @param advice what to give, where the field's name does not say it
 */
export function required(write: Writer, advice?: string): Writer {
	return (value, label) =>
		isBlank(value) ? refuseInput(`${label} is not set`, advice) : write(value, label);
}

/** Text, a choice, or a picked code, under Xero's name for it. */
export function asText(name: string): Writer {
	return (value) => {
		const text = locatorValue(value).value;
		return success(text === '' ? {} : { [name]: text });
	};
}

/** What goes to Xero as the workflow has it. */
export function asIs(name: string): Writer {
	return (value) => success(isBlank(value) ? {} : { [name]: value });
}

export function asDecimal(name: string): Writer {
	return (value, label) => {
		const decimal = parseDecimal(value, label);
		if (!decimal.ok) return decimal;
		return success(decimal.value === undefined ? {} : { [name]: decimal.value });
	};
}

/** A whole number, such as a day of the month. */
export function asWholeNumber(name: string): Writer {
	return (value, label) => {
		if (isBlank(value)) return success({});
		const number = Number(value);
		return Number.isInteger(number)
			? success({ [name]: number })
			: refuseInput(`${label} is not a whole number: ${JSON.stringify(value)}`);
	};
}

export function asDate(name: string): Writer {
	return (value, label) => {
		const date = parseCalendarDate(value, label);
		if (!date.ok) return date;
		return success(date.value === undefined ? {} : { [name]: date.value });
	};
}

export function asFlag(name: string): Writer {
	return (value) => success(isBlank(value) ? {} : { [name]: value === true || value === 'true' });
}

/** A picked record, by its id. */
export function asId(name: string): Writer {
	return (value, label) => {
		const picked = locatorValue(value).value;
		if (picked === '') return success({});
		const id = parseXeroId(picked, label);
		return id.ok ? success({ [name]: id.value }) : id;
	};
}

/** The members of a group of fields, put under one name of Xero's. */
export function asGroup(name: string, groupKey: string, fields: readonly Field[]): Writer {
	return (value, label) => {
		const group = (value as Record<string, unknown> | undefined)?.[groupKey];
		const members = writeFields(fields, group, label);
		if (!members.ok) return members;
		return success(isEmpty(members.value) ? {} : { [name]: members.value });
	};
}

/** Rows of a fixed collection as an array of Xero's; rows left empty are not sent. */
export function asRows(name: string, rowKey: string, fields: readonly Field[]): Writer {
	return (value, label) => {
		const rows = (value as Record<string, unknown> | undefined)?.[rowKey];
		if (!Array.isArray(rows)) return success({});
		const written = collect(
			rows.map((row, index) => writeFields(fields, row, `${label} ${index + 1}`)),
		);
		if (!written.ok) return written;
		const filled = written.value.filter((row) => !isEmpty(row));
		return success(filled.length === 0 ? {} : { [name]: filled });
	};
}

/** Members in Xero's own names, for what has no field of its own. */
export const asOwnMembers: Writer = (value, label) => {
	if (isBlank(value)) return success({});
	const members = typeof value === 'string' ? parseJson(value) : value;
	if (typeof members !== 'object' || members === null || Array.isArray(members)) {
		return refuseInput(`${label} is not a JSON object`, 'Write it as {"Name": "value"}.');
	}
	return success({ ...members });
};

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isEmpty(members: object): boolean {
	return Object.keys(members).length === 0;
}
