import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { success, type Outcome } from '../../errors/failure';
import { pickedId } from '../../fields/Locator';
import { getOptions } from '../../fields/readOptions';
import { budgetKind } from '../../kinds/budgetKind';
import { addressOf } from '../../kinds/RecordKind';
import type { OperationModule } from '../../operations/OperationModule';
import { presenter } from '../../output/presenter';
import { callEach } from '../../requests/callEach';
import { singleCall } from '../../requests/RequestFacts';
import type { OperationRun } from '../../run/OperationRun';
import { done } from '../../run/ItemOutcome';
import { parseCalendarDate } from '../../values/calendarDate';

const { collection, locator } = budgetKind;

function monthField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'dateTime', default: '', description };
}

const from = monthField(
	'From',
	'dateFrom',
	'A day of the first month. Without From and To, Xero gives the previous, this and the next month.',
);
const to = monthField(
	'To',
	'dateTo',
	'A day of the last month. Xero gives 24 months in one request at most.',
);

export const description: OperationModule['description'] = [
	locator.field('The budget to read'),
	from,
	to,
	getOptions,
];

export const request = singleCall('GET', addressOf(budgetKind), collection.scope);

export const execute: OperationModule['execute'] = async (run) => {
	const present = presenter(run, budgetKind);
	return await callEach(run, {
		effect: 'read',
		scope: collection.scope,
		build(item) {
			const id = pickedId(run, locator, item);
			if (!id.ok) return id;
			const query = monthsOf(run, item);
			if (!query.ok) return query;
			const path = addressOf(budgetKind, id.value);
			return success({ method: 'GET', path, query: query.value });
		},
		read: ({ body }, item) => done(...budgetsIn(body).map((budget) => present(budget, item))),
	});
};

function monthsOf(run: OperationRun, item: number): Outcome<Readonly<Record<string, string>>> {
	const query: Record<string, string> = {};
	for (const { displayName, name } of [from, to]) {
		const day = parseCalendarDate(run.parameter(name, item, ''), displayName);
		if (!day.ok) return day;
		if (day.value !== undefined) query[name === 'dateFrom' ? 'DateFrom' : 'DateTo'] = day.value;
	}
	return success(query);
}

/** A list in Xero's schema, and a single object in its example. */
function budgetsIn(body: unknown): IDataObject[] {
	const budgets = (body as IDataObject | undefined)?.Budgets as
		IDataObject | IDataObject[] | undefined;
	if (budgets === undefined) return [];
	return Array.isArray(budgets) ? budgets : [budgets];
}
