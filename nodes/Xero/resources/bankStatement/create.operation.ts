import { sleep } from 'n8n-workflow';

import { success, type Outcome } from '../../errors/failure';
import { feedConnectionLocator } from '../../fields/feedConnectionLocator';
import { pickedId } from '../../fields/Locator';
import { keyOptionsWith } from '../../fields/writeOptions';
import type { OperationModule } from '../../operations/OperationModule';
import { BANK_FEEDS_PATH, BANK_FEEDS_SCOPE } from '../../requests/bankFeedsApi';
import { singleCall } from '../../requests/RequestFacts';
import type { OperationRun } from '../../run/OperationRun';
import { parseCalendarDate } from '../../values/calendarDate';
import { isBlank } from '../../values/isBlank';
import { buildStatement } from './buildStatement';
import { deliverStatements } from './deliverStatements';
import { readMoney } from './readMoney';
import { readStatementLines, statementLineProperties } from './readStatementLines';
import type { Statement } from './Statement';

export const description: OperationModule['description'] = [
	feedConnectionLocator.field('The feed that the statement belongs to'),
	{
		displayName: 'Start Balance',
		name: 'startBalance',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1250.00',
		description: 'Before the first line; negative where the account is overdrawn',
	},
	...statementLineProperties,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		default: {},
		placeholder: 'Add Field',
		options: [
			{
				displayName: 'End Balance',
				name: 'endBalance',
				type: 'string',
				default: '',
				description: 'Computed if left empty. If given, it has to be exact.',
			},
			{
				displayName: 'End Date',
				name: 'endDate',
				type: 'dateTime',
				default: '',
				description: 'The day of the last line if left empty',
			},
			{
				displayName: 'Start Date',
				name: 'startDate',
				type: 'dateTime',
				default: '',
				description: 'The day of the first line if left empty; not older than one year',
			},
		],
	},
	keyOptionsWith([
		{
			displayName: 'Wait for Delivery',
			name: 'waitForDelivery',
			type: 'boolean',
			default: false,
			description:
				'Whether to wait until Xero has delivered or rejected the statement; a rejected one fails the item',
		},
		{
			displayName: 'Wait at Most (Seconds)',
			name: 'waitSeconds',
			type: 'number',
			default: 60,
			typeOptions: { minValue: 1 },
			description: 'After that the statement comes out as it is, PENDING',
		},
	]),
];

export const request = singleCall('POST', `${BANK_FEEDS_PATH}/Statements`, BANK_FEEDS_SCOPE);

export const execute: OperationModule['execute'] = async (run) =>
	await deliverStatements(run, {
		build: (item) => statementOf(run, item),
		waitMs: (item) => waitOf(run, item),
		sleep,
	});

function statementOf(run: OperationRun, item: number): Outcome<Statement> {
	const feedConnectionId = pickedId(run, feedConnectionLocator, item);
	if (!feedConnectionId.ok) return feedConnectionId;
	const startBalance = readMoney(run.parameter('startBalance', item, ''), '', 'Start Balance');
	if (!startBalance.ok) return startBalance;
	const lines = readStatementLines((name, fallback) => run.parameter(name, item, fallback));
	if (!lines.ok) return lines;
	const more = run.parameter('additionalFields', item, {}) as Readonly<Record<string, unknown>>;
	const startDate = parseCalendarDate(more.startDate, 'Start Date');
	if (!startDate.ok) return startDate;
	const endDate = parseCalendarDate(more.endDate, 'End Date');
	if (!endDate.ok) return endDate;
	const endBalance: Outcome<bigint | undefined> = isBlank(more.endBalance)
		? success(undefined)
		: readMoney(more.endBalance, '', 'End Balance');
	if (!endBalance.ok) return endBalance;
	return buildStatement({
		feedConnectionId: feedConnectionId.value,
		startBalance: startBalance.value,
		endBalance: endBalance.value,
		startDate: startDate.value,
		endDate: endDate.value,
		lines: lines.value,
	});
}

/** Zero where nobody waits. */
function waitOf(run: OperationRun, item: number): number {
	const { waitForDelivery, waitSeconds } = run.parameter('writeOptions', item, {}) as {
		waitForDelivery?: unknown;
		waitSeconds?: unknown;
	};
	return waitForDelivery === true ? Number(waitSeconds ?? 60) * 1000 : 0;
}
