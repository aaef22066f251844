import type { INodeProperties } from 'n8n-workflow';

import { collect, refuseInput, success, type Outcome } from '../../errors/failure';
import { parseCalendarDate } from '../../values/calendarDate';
import { isBlank } from '../../values/isBlank';
import { readMoney } from './readMoney';
import type { StatementLine } from './Statement';

/** Xero's text fields of a line and the most characters that each takes. */
const TEXTS: Readonly<Record<string, number>> = {
	description: 2000,
	transactionId: 255,
	payeeName: 255,
	reference: 255,
	chequeNumber: 20,
	transactionType: 30,
};

const text = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
});

/** How the lines of a statement are given. */
export const statementLineProperties: INodeProperties[] = [
	{
		displayName: 'Lines From',
		name: 'linesMode',
		type: 'options',
		options: [
			{ name: 'Fill In Below', value: 'rows', description: 'One row for each line' },
			{
				name: 'JSON or Expression',
				value: 'json',
				description: 'An array of lines, written as JSON or made by an expression',
			},
		],
		default: 'rows',
		description: 'How the lines are given',
	},
	{
		displayName: 'Lines',
		name: 'lines',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Line',
		default: {},
		description: 'In any order: they are sent oldest first',
		displayOptions: { show: { linesMode: ['rows'] } },
		options: [
			{
				displayName: 'Line',
				name: 'line',
				values: [
					{
						displayName: 'Date',
						name: 'postedDate',
						type: 'dateTime',
						default: '',
						description: 'Day on which the bank booked it, as written',
					},
					{
						displayName: 'Amount',
						name: 'amount',
						type: 'string',
						default: '',
						placeholder: 'e.g. -12.50',
						description: 'Money in is positive, money out negative, unless Direction says it',
					},
					{
						displayName: 'Direction',
						name: 'creditDebitIndicator',
						type: 'options',
						options: [
							{ name: 'By the Sign of the Amount', value: '' },
							{ name: 'Money In', value: 'CREDIT' },
							{ name: 'Money Out', value: 'DEBIT' },
						],
						default: '',
						description: 'Which way the money went',
					},
					text('Description', 'description', 'As in internet banking; up to 2,000 characters'),
					text(
						'Transaction ID',
						'transactionId',
						"The institution's own id, by which Xero tells duplicates",
					),
					text('Payee', 'payeeName', 'The merchant or payee; up to 255 characters'),
					text('Reference', 'reference', 'Additional to the description; up to 255 characters'),
					text('Cheque Number', 'chequeNumber', 'Up to 20 characters'),
					text('Transaction Type', 'transactionType', 'Such as Refund; up to 30 characters'),
				],
			},
		],
	},
	{
		displayName: 'Lines (JSON)',
		name: 'linesJson',
		type: 'json',
		default: '[]',
		placeholder: 'e.g. [{"postedDate": "2026-11-11", "amount": "-12.50", "description": "Coffee"}]',
		description:
			"Lines in Xero's names: postedDate, amount, creditDebitIndicator, description, transactionId, payeeName, reference, chequeNumber, transactionType",
		displayOptions: { show: { linesMode: ['json'] } },
	},
];

/** @param parameter reads a parameter of the item */
export function readStatementLines(
	parameter: (name: string, fallback?: unknown) => unknown,
): Outcome<StatementLine[]> {
	if (parameter('linesMode', 'rows') === 'rows') {
		const { line } = parameter('lines', {}) as { line?: unknown };
		return readAll(Array.isArray(line) ? line : []);
	}
	const given = parseJson(parameter('linesJson', '[]'));
	if (!given.ok) return given;
	return readAll(Array.isArray(given.value) ? given.value : [given.value]);
}

function readAll(lines: readonly unknown[]): Outcome<StatementLine[]> {
	return collect(lines.map((line, index) => readLine(line, `Line ${index + 1}`)));
}

function readLine(given: unknown, label: string): Outcome<StatementLine> {
	if (typeof given !== 'object' || given === null || Array.isArray(given)) {
		return refuseInput(`${label} is not an object`, 'Write each line as {"postedDate": "…", …}.');
	}
	const line = byLowerCase(given);
	const date = parseCalendarDate(line.get('posteddate'), `${label}: Date`);
	if (!date.ok) return date;
	if (date.value === undefined) return refuseInput(`${label}: Date is not set`);
	const amount = readMoney(
		line.get('amount'),
		line.get('creditdebitindicator'),
		`${label}: Amount`,
	);
	if (!amount.ok) return amount;
	const texts: Record<string, string> = {};
	for (const [name, longest] of Object.entries(TEXTS)) {
		const value = line.get(name.toLowerCase());
		if (isBlank(value)) continue;
		const words = String(value).trim();
		if (words.length > longest) {
			return refuseInput(`${label}: ${name} has ${words.length} characters; Xero takes ${longest}`);
		}
		texts[name] = words;
	}
	return success({ postedDate: date.value, amount: amount.value, texts });
}

function byLowerCase(line: object): ReadonlyMap<string, unknown> {
	return new Map(Object.entries(line).map(([name, value]) => [name.toLowerCase(), value]));
}

function parseJson(value: unknown): Outcome<unknown> {
	if (typeof value !== 'string') return success(value ?? []);
	if (value.trim() === '') return success([]);
	try {
		return success(JSON.parse(value));
	} catch (error) {
		return refuseInput(
			`Lines is not JSON: ${(error as Error).message}`,
			'Write an array such as [{"postedDate": "2026-11-11", "amount": "-12.50"}].',
		);
	}
}
