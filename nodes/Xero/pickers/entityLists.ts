import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';

import { quoted } from '../values/whereClause';
import { readXeroDates } from '../values/xeroDates';
import { matching } from './matching';
import { readForPicker } from './readForPicker';
import type { SearchMethod } from './SearchMethod';
import { searchUnsearched } from './searchUnsearched';
import { accountingPages } from './unsearchedPages';

const PAGE_SIZE = 50;
const NEWEST_FIRST = { order: 'Date DESC' };

interface EntityList {
	/** Xero's collection. */
	readonly name: string;
	readonly idField: string;
	/** What a person knows a record by, the most telling first. */
	readonly labels: (record: IDataObject) => readonly unknown[];
	/** `paged`: newest first, a page at a time; `whole`: Xero gives all of it. */
	readonly reads: 'paged' | 'whole';
	/** Xero's text field that a search of a paged list looks into, where there is one. */
	readonly searched?: string;
	/** Xero's OpenAPI has no `order` for the paged list: it comes in an order of Xero's. */
	readonly isUnordered?: boolean;
}

const contactName = ({ Contact }: IDataObject) => (Contact as IDataObject | undefined)?.Name;

const lists = {
	searchBankTransactions: {
		name: 'BankTransactions',
		idField: 'BankTransactionID',
		labels: (record) => [record.Reference, record.Type, contactName(record), record.Total],
		reads: 'paged',
		searched: 'Reference',
	},
	searchBankTransfers: {
		name: 'BankTransfers',
		idField: 'BankTransferID',
		labels: (record) => [record.Reference, record.Date, record.Amount],
		reads: 'whole',
	},
	searchBatchPayments: {
		name: 'BatchPayments',
		idField: 'BatchPaymentID',
		labels: (record) => [record.Reference, record.Date, record.TotalAmount, record.Status],
		reads: 'whole',
	},
	searchBudgets: {
		name: 'Budgets',
		idField: 'BudgetID',
		labels: ({ Description, Type }) => [Description, Type],
		reads: 'whole',
	},
	searchContactGroups: {
		name: 'ContactGroups',
		idField: 'ContactGroupID',
		labels: ({ Name }) => [Name],
		reads: 'whole',
	},
	searchCreditNotes: {
		name: 'CreditNotes',
		idField: 'CreditNoteID',
		labels: (record) => [record.CreditNoteNumber, contactName(record), record.Status],
		reads: 'paged',
		searched: 'CreditNoteNumber',
	},
	searchLinkedTransactions: {
		name: 'LinkedTransactions',
		idField: 'LinkedTransactionID',
		labels: (record) => [record.Status, record.SourceTransactionTypeCode, record.UpdatedDateUTC],
		reads: 'paged',
		isUnordered: true,
	},
	searchManualJournals: {
		name: 'ManualJournals',
		idField: 'ManualJournalID',
		labels: ({ Narration, Status }) => [Narration, Status],
		reads: 'paged',
		searched: 'Narration',
	},
	searchOverpayments: {
		name: 'Overpayments',
		idField: 'OverpaymentID',
		labels: (record) => [contactName(record), record.Total, record.Status],
		reads: 'paged',
	},
	searchPayments: {
		name: 'Payments',
		idField: 'PaymentID',
		labels: (record) => [record.Reference, record.Amount, record.Status],
		reads: 'paged',
		searched: 'Reference',
	},
	searchPrepayments: {
		name: 'Prepayments',
		idField: 'PrepaymentID',
		labels: (record) => [contactName(record), record.Total, record.Status],
		reads: 'paged',
	},
	searchRepeatingInvoices: {
		name: 'RepeatingInvoices',
		idField: 'RepeatingInvoiceID',
		labels: (record) => [record.Reference, contactName(record), record.Status, record.Total],
		reads: 'whole',
	},
	searchTrackingCategories: {
		name: 'TrackingCategories',
		idField: 'TrackingCategoryID',
		labels: ({ Name }) => [Name],
		reads: 'whole',
	},
	searchUsers: {
		name: 'Users',
		idField: 'UserID',
		labels: ({ FirstName, LastName, EmailAddress }) => [
			[FirstName, LastName].filter(Boolean).join(' '),
			EmailAddress,
		],
		reads: 'whole',
	},
} satisfies Record<string, EntityList>;

/** A picker for every kind of record whose list needs nothing special. */
export const entityLists = Object.fromEntries(
	Object.entries(lists).map(([method, list]) => [method, searchList(list)]),
) as Record<keyof typeof lists, SearchMethod>;

function searchList(list: EntityList): SearchMethod {
	if (list.reads === 'whole') {
		return async function (filter) {
			const { records } = await readForPicker(this, list.name);
			return {
				results: matching(
					records.map((record) => toEntry(list, record)),
					filter,
				),
			};
		};
	}
	const { searched } = list;
	if (searched === undefined) {
		return async function (filter, paginationToken) {
			const order = list.isUnordered === true ? {} : NEWEST_FIRST;
			const pages = accountingPages(this, list.name, order, (record) => toEntry(list, record));
			return await searchUnsearched(pages, filter, paginationToken);
		};
	}
	return async function (filter, paginationToken) {
		const sought = (filter ?? '').trim();
		const page = Number(paginationToken ?? 1);
		const { records, pageCount } = await readForPicker(this, list.name, {
			...NEWEST_FIRST,
			page: String(page),
			pageSize: String(PAGE_SIZE),
			...(sought === ''
				? {}
				: { where: `${searched}!=null AND ${searched}.Contains(${quoted(sought)})` }),
		});
		const hasMore = pageCount === undefined ? records.length >= PAGE_SIZE : page < pageCount;
		return {
			results: records.map((record) => toEntry(list, record)),
			paginationToken: hasMore ? String(page + 1) : undefined,
		};
	};
}

function toEntry({ idField, labels }: EntityList, record: IDataObject): INodeListSearchItems {
	const id = String(record[idField]);
	const known = labels(readXeroDates(record)).filter(
		(label) => label !== undefined && label !== '',
	);
	return { name: known.length === 0 ? id : known.map(String).join(' · '), value: id };
}
