import type {
	IDataObject,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';

import { resources } from '../../../nodes/Xero/resources/resources';
import { ledgerOfSandbox } from '../operations/ledgerOfSandbox';
import { picked, UNKNOWN_ID } from '../operations/OperationCases';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { itemsOf, XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';
import { listFilters, type ListedRecords } from './listFilters';
import { seedLists } from './seedLists';
import { comparisonsOf, isMeant, valueAt } from './whereOf';

let xero: ConnectedEngine;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	await xero.sandbox.seed(xero.tenantId, { contacts: 12, invoices: 40, creditNotes: 12 });
	await seedLists(ledgerOfSandbox(xero));
}, 120_000);
afterAll(async () => {
	await xero.close();
});

const lists = Object.entries(resources).flatMap(([resource, { operations }]) => {
	const { getAll } = operations;
	const property = (name: string) => getAll?.description.find((one) => one.name === name);
	const [filters, sort] = [property('filters'), property('sort')];
	const offered = (filters?.options ?? []) as INodeProperties[];
	// What a hub keeps has a test of its own, through a hub.
	if (getAll?.hub !== undefined || (filters === undefined && sort === undefined)) return [];
	return [{ resource, offered, sort }];
});

/** Their own test shows what becomes of Where, which the payroll of this organisation does not know. */
const OF_PAYROLL = ['employee', 'payRun', 'timesheet'];

/** What a list is sorted by, and does not show. */
const UNSHOWN = ['AssetType'];

/** Reads the list; without filters, everything that it gives. */
const read = async (resource: string, parameters: INodeParameters = {}) => {
	await xero.sandbox.forgetRequests();
	const execution = await xero.engine.run(
		xeroWorkflow({
			parameters: {
				resource,
				operation: 'getAll',
				returnAll: true,
				simplify: false,
				...parameters,
			},
		}),
		{ input: itemsOf(1, () => ({})) },
	);
	expect(execution.error).toBeUndefined();
	const requests = (await xero.sandbox.requests()).filter(({ path }) => path !== '/connections');
	return {
		records: execution.itemsOf(XERO_NODE).map(({ json }) => json),
		query: requests.at(-1)?.query ?? {},
	};
};

describe.each(lists)('$resource: get many', ({ resource, offered, sort }) => {
	let all: ListedRecords;
	beforeAll(async () => {
		({ records: all } = await read(resource));
		expect(all.length).toBeGreaterThan(0);
	});

	const special = listFilters[resource] ?? {};
	const written = offered.filter(({ name }) => special[name] === undefined && name !== 'where');
	eachOf(written)('gives what the filter $name means, and nothing else', async (property) => {
		const probe = await read(resource, { filters: { [property.name]: probeOf(property) } });
		const [comparisons] = comparisonsOf(probe.query['where'] ?? '');
		const field = comparisons?.[0]?.field ?? '';
		const known = all.map((record) => valueAt(record, field)).filter(isTold);

		for (const value of valuesOf(property, known)) {
			const { records, query } = await read(resource, { filters: { [property.name]: value } });

			const wanted = comparisonsOf(query['where'] ?? '');
			expect(records).toEqual(all.filter((record) => isMeant(record, wanted)));
		}
	});

	const told = offered.filter(({ name }) => special[name] !== undefined);
	eachOf(told)('gives what the filter $name means', async ({ name }) => {
		await special[name]?.({
			all,
			read: async (value) => (await read(resource, { filters: { [name]: value } })).records,
		});
	});

	const where = offered.filter(({ name }) => name === 'where' && !OF_PAYROLL.includes(resource));
	eachOf(where)('takes the example of Where: $placeholder', async ({ placeholder = '' }) => {
		const { query } = await read(resource, {
			filters: { where: placeholder.replace(/^e\.g\. /, '') },
		});

		expect(query['where']).not.toBe('');
	});

	const fields = sortFields(sort);
	eachOf(fields)('is sorted by $field, $direction', async ({ field, direction, parameter }) => {
		const { records } = await read(resource, { sort: parameter });

		const values = records.map((record) => fieldOf(record, field)).filter(isTold);
		expect(values.length > 0 || UNSHOWN.includes(field)).toBe(true);
		const sorted = [...values].sort((a, b) => compare(a, b) * (direction === 'DESC' ? -1 : 1));
		expect(values).toEqual(sorted);
	});
});

/** Jest takes no empty tables. */
function eachOf<T extends object>(table: readonly T[]) {
	return (title: string, test: (row: T) => Promise<void>) => {
		if (table.length > 0) it.each([...table])(title, test);
	};
}

/** A value that shows which field of Xero's a filter is about. */
function probeOf({
	type,
	placeholder = '',
	options = [],
}: INodeProperties): INodeParameters[string] {
	const choices = options as INodePropertyOptions[];
	if (type === 'boolean') return true;
	if (type === 'dateTime') return '2026-11-01';
	if (type === 'resourceLocator') return picked(UNKNOWN_ID);
	if (choices.length > 0) return choices[0]?.value ?? '';
	return placeholder === 'e.g. 1000' ? '1' : 'x';
}

/** Values to filter by: all that can be chosen, or two of those that records have. */
function valuesOf(
	{ type, options = [] }: INodeProperties,
	known: readonly unknown[],
): Array<INodeParameters[string]> {
	const choices = (options as INodePropertyOptions[]).map(({ value }) => value);
	if (type === 'boolean') return [true, false];
	if (type === 'options') return choices;
	if (type === 'multiOptions') return [...choices.map((one) => [String(one)]), choices.map(String)];
	const texts = [...new Set(known.map(String))].sort();
	expect(texts).not.toEqual([]);
	const some = [texts[0], texts[Math.floor(texts.length / 2)]].map(String);
	return type === 'resourceLocator' ? some.map((id) => picked(id)) : some;
}

function isTold(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

interface SortChoice {
	readonly field: string;
	readonly direction: string;
	readonly parameter: INodeParameters[string];
}

/** Every field in both directions, or the choices of a list that has only some. */
function sortFields(sort: INodeProperties | undefined): SortChoice[] {
	if (sort === undefined) return [];
	if (sort.type === 'options') {
		return (sort.options as INodePropertyOptions[]).map(({ value }) => {
			const [field = '', direction = 'ASC'] = String(value).split(' ');
			return { field, direction, parameter: String(value) };
		});
	}
	const [group] = sort.options as INodePropertyCollection[];
	const fields = group?.values.find(({ name }) => name === 'field')?.options ?? [];
	return (fields as INodePropertyOptions[]).flatMap(({ value }) =>
		['ASC', 'DESC'].map((direction) => ({
			field: String(value),
			direction,
			parameter: { by: { field: String(value), direction } },
		})),
	);
}

/** The newer APIs spell names in their own case. */
function fieldOf(record: IDataObject, field: string): unknown {
	const [, value] =
		Object.entries(record).find(([name]) => name.toLowerCase() === field.toLowerCase()) ?? [];
	return value;
}

function compare(a: unknown, b: unknown): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	const [first, second] = [String(a).toLowerCase(), String(b).toLowerCase()];
	if (first === second) return 0;
	return first < second ? -1 : 1;
}
