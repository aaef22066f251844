import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { picked } from '../operations/OperationCases';
import { valueAt } from './whereOf';

export type ListedRecords = readonly IDataObject[];

interface FilterTrial {
	/** What the list gives without filters. */
	readonly all: ListedRecords;
	/** What it gives with a value of this filter. */
	readonly read: (value: INodeParameters[string]) => Promise<ListedRecords>;
}

type FilterCheck = (trial: FilterTrial) => Promise<void>;

/** Records that have one of the chosen values at a path, and no others. */
const oneOf =
	(
		path: string,
		values: readonly string[],
		asValue = (value: string): INodeParameters[string] => value,
	): FilterCheck =>
	async ({ all, read }) => {
		const present = new Set(all.map((record) => String(valueAt(record, path)).toLowerCase()));
		expect(values.some((value) => present.has(value.toLowerCase()))).toBe(true);
		for (const value of values) {
			expect(await read(asValue(value))).toEqual(
				all.filter((record) => String(valueAt(record, path)).toLowerCase() === value.toLowerCase()),
			);
		}
	};

/** The same with values that the records themselves have. */
const equal =
	(path: string, asValue?: (value: string) => INodeParameters[string]): FilterCheck =>
	async (trial) => {
		const values = trial.all.map((record) => String(valueAt(record, path) ?? ''));
		const told = [...new Set(values)].filter((value) => value !== '');
		expect(told).not.toEqual([]);
		await oneOf(path, told.slice(0, 2), asValue)(trial);
	};

const from =
	(path: string): FilterCheck =>
	async ({ all, read }) => {
		const day = middle(all, path);
		expect(await read(day)).toEqual(all.filter((record) => String(valueAt(record, path)) >= day));
	};
const until =
	(path: string): FilterCheck =>
	async ({ all, read }) => {
		const day = middle(all, path);
		expect(await read(day)).toEqual(all.filter((record) => String(valueAt(record, path)) <= day));
	};

/** A day that some records are before or after. */
function middle(all: ListedRecords, path: string): string {
	const days = [...new Set(all.map((record) => String(valueAt(record, path) ?? '')))]
		.filter((day) => day !== '')
		.sort();
	expect(days.length).toBeGreaterThan(1);
	return String(days[Math.floor(days.length / 2)]);
}

/** Several values in one text. */
const list =
	(path: string): FilterCheck =>
	async ({ all, read }) => {
		const told = all.map((record) => String(valueAt(record, path) ?? ''));
		const some = [...new Set(told)].filter((value) => value !== '').slice(0, 2);
		expect(some.length).toBeGreaterThan(0);
		expect(await read(some.join(', '))).toEqual(
			all.filter((record) => some.includes(String(valueAt(record, path)))),
		);
	};

/** Everything lies between a far past and a far future. */
const changes: FilterCheck = async ({ all, read }) => {
	expect(await read('2001-01-01T00:00:00Z')).toHaveLength(all.length);
	expect(await read('2099-01-01T00:00:00Z')).toEqual([]);
};

/** The filter adds records that the list leaves out otherwise. */
const adds =
	(path: string, value: string): FilterCheck =>
	async ({ all, read }) => {
		const more = await read(true);
		expect(all.map((record) => valueAt(record, path))).not.toContain(value);
		expect(more.map((record) => valueAt(record, path))).toContain(value);
		expect(await read(false)).toEqual(all);
	};

const contains =
	(term: string, paths: readonly string[]): FilterCheck =>
	async ({ all, read }) => {
		const found = await read(term.toUpperCase());
		expect(found).toEqual(
			all.filter((record) =>
				paths.some((path) => String(valueAt(record, path)).toLowerCase().includes(term)),
			),
		);
		expect(found.length).toBeGreaterThan(0);
		expect(found.length).toBeLessThan(all.length);
	};

/** Fewer members of the same records. */
const summary =
	(member: string): FilterCheck =>
	async ({ all, read }) => {
		const short = await read(true);
		expect(short).toHaveLength(all.length);
		const filled = (records: ListedRecords) =>
			records.filter((record) => (record[member] as unknown[] | undefined)?.length).length;
		expect(filled(short)).toBeLessThan(filled(all));
	};

/** Some of the records, and not all. */
const some: FilterCheck = async ({ all, read }) => {
	const found = await read(true);
	expect(found.length).toBeGreaterThan(0);
	expect(found.length).toBeLessThan(all.length);
	expect(await read(false)).toEqual(all);
};

const STATUSES = ['AUTHORISED', 'DELETED', 'DRAFT', 'PAID', 'SUBMITTED', 'VOIDED'];

const byId = (id: string) => picked(id);

/** Filters that are no plain comparison of `where`, by resource and name. */
export const listFilters: Readonly<Record<string, Readonly<Record<string, FilterCheck>>>> = {
	account: { updatedSince: changes },
	asset: { filterBy: contains('fa-0002', ['assetNumber', 'assetName']) },
	bankStatement: {
		feedConnection: equal('feedConnectionId', byId),
		status: equal('status'),
	},
	bankTransaction: { updatedSince: changes },
	bankTransfer: { includeDeleted: adds('Status', 'DELETED'), updatedSince: changes },
	batchPayment: { updatedSince: changes },
	budget: { ids: list('BudgetID') },
	contact: {
		ids: list('ContactID'),
		includeArchived: adds('ContactStatus', 'ARCHIVED'),
		searchTerm: contains('listed', ['Name', 'ContactNumber', 'EmailAddress', 'FirstName']),
		summaryOnly: summary('Addresses'),
		updatedSince: changes,
	},
	creditNote: { updatedSince: changes },
	employee: {
		firstName: equal('firstName'),
		lastName: equal('lastName'),
		updatedSince: changes,
	},
	file: { folder: equal('FolderId', byId), name: contains('.pdf', ['Name']) },
	invoice: {
		contact: equal('Contact.ContactID', byId),
		createdByMyApp: some,
		ids: list('InvoiceID'),
		includeArchived: adds('Status', 'DELETED'),
		invoiceNumbers: list('InvoiceNumber'),
		searchTerm: contains('ref', ['InvoiceNumber', 'Reference']),
		statuses: async (trial) => {
			await oneOf('Status', ['AUTHORISED', 'DRAFT', 'PAID', 'SUBMITTED', 'VOIDED'])(trial);
			await adds(
				'Status',
				'DELETED',
			)({ ...trial, read: (value) => trial.read(value ? STATUSES : []) });
		},
		summaryOnly: summary('LineItems'),
		updatedSince: changes,
	},
	item: { updatedSince: changes },
	journal: {
		afterNumber: async ({ all, read }) => {
			expect(await read('3')).toEqual(all.filter(({ JournalNumber }) => Number(JournalNumber) > 3));
		},
		paymentsOnly: some,
		updatedSince: changes,
	},
	linkedTransaction: {
		contact: equal('ContactID', byId),
		sourceTransaction: equal('SourceTransactionID', byId),
		status: oneOf('Status', ['APPROVED', 'BILLED', 'DRAFT', 'ONDRAFT', 'VOIDED']),
		targetTransaction: equal('TargetTransactionID', byId),
	},
	manualJournal: { updatedSince: changes },
	overpayment: { references: list('Reference'), updatedSince: changes },
	payment: { updatedSince: changes },
	payRun: { status: equal('payRunStatus') },
	prepayment: { invoiceNumbers: list('InvoiceNumber'), updatedSince: changes },
	project: { contact: equal('contactId', byId), states: equal('status') },
	purchaseOrder: {
		dateFrom: from('Date'),
		dateTo: until('Date'),
		status: oneOf('Status', ['AUTHORISED', 'BILLED', 'DELETED', 'DRAFT', 'SUBMITTED']),
		updatedSince: changes,
	},
	quote: {
		contact: equal('Contact.ContactID', byId),
		dateFrom: from('Date'),
		dateTo: until('Date'),
		expiryDateFrom: from('ExpiryDate'),
		expiryDateTo: until('ExpiryDate'),
		quoteNumber: equal('QuoteNumber'),
		status: oneOf('Status', ['ACCEPTED', 'DECLINED', 'DELETED', 'DRAFT', 'INVOICED', 'SENT']),
		updatedSince: changes,
	},
	timesheet: {
		employee: equal('employeeID', byId),
		endDate: until('endDate'),
		startDate: from('startDate'),
		status: equal('status'),
	},
	trackingCategory: { includeArchived: adds('Status', 'ARCHIVED') },
	user: { updatedSince: changes },
};
