import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { MarkMemory } from '../../../nodes/Xero/run/markMemory';
import type { OperationRun } from '../../../nodes/Xero/run/OperationRun';
import { readMany } from '../../../nodes/Xero/requests/readMany';
import type { XeroCollection } from '../../../nodes/Xero/requests/XeroCollection';
import type { ListQuery } from '../../../nodes/Xero/requests/ListQuery';
import type { CountAsRead } from '../../../nodes/Xero/run/readMark';
import type { XeroRequest } from '../../../nodes/Xero/messages/XeroRequest';
import type { XeroReply } from '../../../nodes/Xero/messages/XeroReply';

interface Invoice {
	readonly id: number;
	/** Unix milliseconds of its last change. */
	at: number;
}

const COLLECTION = {
	name: 'Invoices',
	path: 'api.xro/2.0/Invoices',
	idField: 'InvoiceID',
	label: 'invoice',
	scope: 'accounting.invoices',
	query: {},
};

const START = Date.UTC(2026, 0, 1);

/** Xero's list of invoices, as it stands when a page is asked for. */
function pageOf(invoices: readonly Invoice[], request: XeroRequest): XeroReply {
	const { page, pageSize, order } = request.query ?? {};
	const since =
		request.ifModifiedSince === undefined ? 0 : Date.parse(`${request.ifModifiedSince}Z`);
	const byChange = (a: Invoice, b: Invoice) => a.at - b.at || a.id - b.id;
	const listed = invoices
		.filter(({ at }) => at > since)
		.sort(order === 'UpdatedDateUTC ASC' ? byChange : (a, b) => a.id - b.id);
	const begin = (Number(page) - 1) * Number(pageSize);
	const records = listed.slice(begin, begin + Number(pageSize)).map(({ id, at }) => ({
		InvoiceID: String(id),
		UpdatedDateUTC: `/Date(${at}+0000)/`,
	}));
	const pagination = { pageCount: Math.ceil(listed.length / Number(pageSize)) };
	return { kind: 'answered', status: 200, headers: {}, body: { Invoices: records, pagination } };
}

/** A workflow that reads the list again and again. */
function reader(
	invoices: readonly Invoice[],
	beforePage: () => void,
	changes?: XeroCollection['changes'],
) {
	const kept = new Map<string, Parameters<MarkMemory['put']>[1]>();
	const memory: MarkMemory = {
		all: () => kept,
		put: (key, mark) => void kept.set(key, mark),
		clear: () => kept.clear(),
	};
	const requests: XeroRequest[] = [];
	const given: string[] = [];
	const run = {
		itemCount: 1,
		stopsAtFirstFailure: true,
		node: { id: 'node', name: 'Node' },
		execution: { id: '1', origin: '1' },
		openMarks: async () => ({ ok: true, value: memory }),
		organisationOf: async () => ({ ok: true, value: 'tenant' }),
		transport: {
			route: 'direct',
			send: async (request: XeroRequest) => {
				beforePage();
				requests.push(request);
				return pageOf(invoices, request);
			},
		},
	} as unknown as OperationRun;
	return {
		given,
		requests,
		kept,
		async read(limit: number, countAsRead: CountAsRead = 'nodeFinished') {
			const list: ListQuery = { limit, query: { order: 'InvoiceID ASC' }, ids: [], countAsRead };
			const result = await readMany(run, {
				collection: { ...COLLECTION, ...(changes && { changes }) },
				queryOf: () => ({ ok: true, value: list }),
				present: (record: IDataObject) => record,
			});
			const [outcome] = result.outcomes;
			if (outcome?.status !== 'done') return outcome;
			for (const { InvoiceID, UpdatedDateUTC } of outcome.records) {
				given.push(`${String(InvoiceID)}@${String(UpdatedDateUTC)}`);
			}
			return outcome;
		},
	};
}

const stateOf = ({ id, at }: Invoice) => `${id}@/Date(${at}+0000)/`;

describe('reading changes page by page', () => {
	it('gives every change once, whatever changes between the pages and wherever the limit cuts', async () => {
		const age = fc.integer({ min: 0, max: 20 * 60_000 });
		await fc.assert(
			fc.asyncProperty(
				fc.array(age, { minLength: 1, maxLength: 12 }),
				fc.array(fc.option(fc.nat(11)), { maxLength: 20 }),
				fc.integer({ min: 1, max: 4 }),
				async (ages, edits, limit) => {
					const invoices = ages.map((ageMs, id) => ({ id, at: START - ageMs }));
					let now = START;
					const queue = [...edits];
					const { read, given } = reader(invoices, () => {
						now += 40_000;
						const edited = invoices[queue.shift() ?? -1];
						if (edited !== undefined) edited.at = now;
					});

					for (let runs = 0; runs < ages.length + edits.length + 2; runs += 1) await read(limit);

					expect(new Set(given).size).toBe(given.length);
					expect(given).toEqual(expect.arrayContaining(invoices.map(stateOf)));
				},
			),
			{ numRuns: 300 },
		);
	});

	it('misses nothing of a long first read, where one record moves and another changes behind its back', async () => {
		const invoices = Array.from({ length: 2_500 }, (_, id) => ({ id, at: START + 10_000 * id }));
		let now = START + 10_000 * invoices.length;
		let pages = 0;
		const { read, given, requests } = reader(invoices, () => {
			now += 10 * 60_000;
			pages += 1;
			if (pages === 2) for (const id of [5, 6]) (invoices[id] as Invoice).at = now;
		});

		await read(Infinity);
		await read(Infinity);

		const known = new Set(given);
		expect(invoices.map(stateOf).filter((state) => !known.has(state))).toEqual([]);
		expect(given).toHaveLength(invoices.length + 2);
		expect(requests.length).toBeLessThanOrEqual(5);
	});

	it('pages within one moment that fills more than a page', async () => {
		const invoices = Array.from({ length: 2_500 }, (_, id) => ({ id, at: START }));
		const { read, given, requests } = reader(invoices, () => {});

		await read(Infinity);
		await read(Infinity);

		expect(given.sort()).toEqual(invoices.map(stateOf).sort());
		const pages = requests.map(({ query }) => query?.['page']);
		// Within the moment up and down again, and only up where nothing is new.
		expect(pages.join(' ')).toBe('1 1 2 3 2 1 1 1 2 3');
	});

	it('says at once that n8n cannot tell how a run ended, instead of reading everything each time', async () => {
		const { read, requests } = reader([{ id: 1, at: START }], () => {});

		expect(await read(Infinity, 'workflowSucceeded')).toMatchObject({
			status: 'failed',
			failure: {
				message: expect.stringContaining('cannot tell whether an earlier run'),
				description: expect.stringContaining('Update n8n to 1.106 or newer'),
			},
		});
		expect(requests).toEqual([]);
	});
});

it('asks for what is archived too, under the mark that the list has always had', async () => {
	const invoices = [{ id: 1, at: START }];
	const before = reader(invoices, () => undefined);
	const after = reader(invoices, () => undefined, { query: { includeArchived: 'true' } });

	for (const one of [before, after]) await one.read(Infinity);

	expect(before.requests[0]?.query).not.toHaveProperty('includeArchived');
	expect(after.requests[0]?.query).toMatchObject({ includeArchived: 'true' });
	expect([...after.kept.keys()]).toEqual([...before.kept.keys()]);
});
