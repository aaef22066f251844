import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { resources } from '../../../nodes/Xero/resources/resources';
import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import {
	lines,
	oneBankCredit,
	oneCreditNote,
	oneInvoice,
	onePayment,
} from '../operations/preparedCredits';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { XERO_NODE, xeroWorkflow } from '../support/xeroWorkflow';

interface RemovedRecord {
	readonly idField: string;
	readonly statusField?: string;
	readonly make: (ledger: Ledger) => Promise<IDataObject>;
	/** Takes the record with this id out of use. */
	readonly remove: (ledger: Ledger, id: string) => Promise<unknown>;
	/** With which status the next incremental read tells it; absent where it does not. */
	readonly told?: string;
}

const status = (collection: string, Status: string) => async (ledger: Ledger, id: string) =>
	await ledger.post(`${collection}/${id}`, { Status });
const deletion = (collection: string) => async (ledger: Ledger, id: string) =>
	await ledger.call('DELETE', `/api.xro/2.0/${collection}/${id}`);
const one =
	(collection: string, fields: (ledger: Ledger) => IDataObject | Promise<IDataObject>) =>
	async (ledger: Ledger) =>
		await ledger.put(collection, { [collection]: [await fields(ledger)] });
const someContact = async (ledger: Ledger) => {
	const [contact] = await ledger.get('Contacts');
	return { ContactID: contact?.['ContactID'] };
};

const removed: Readonly<Record<string, RemovedRecord>> = {
	account: {
		idField: 'AccountID',
		make: one('Accounts', (ledger) => ({
			Code: ledger.unique('A'),
			Name: ledger.unique('Gone'),
			Type: 'EXPENSE',
		})),
		remove: status('Accounts', 'ARCHIVED'),
		told: 'ARCHIVED',
	},
	bankTransaction: {
		idField: 'BankTransactionID',
		make: one('BankTransactions', () => ({
			Type: 'SPEND',
			Contact: { Name: 'Ridgeway University' },
			BankAccount: { Code: '090' },
			...lines(5, '453'),
		})),
		remove: status('BankTransactions', 'DELETED'),
		told: 'DELETED',
	},
	bankTransfer: {
		idField: 'BankTransferID',
		make: one('BankTransfers', () => ({
			FromBankAccount: { Code: '090' },
			ToBankAccount: { Code: '091' },
			Amount: 10,
		})),
		remove: status('BankTransfers', 'DELETED'),
	},
	batchPayment: {
		idField: 'BatchPaymentID',
		make: one('BatchPayments', async (ledger) => ({
			Account: { Code: '090' },
			Date: '2026-11-05',
			Payments: [{ Invoice: { InvoiceID: (await oneInvoice(ledger))['InvoiceID'] }, Amount: 50 }],
		})),
		remove: status('BatchPayments', 'DELETED'),
		told: 'DELETED',
	},
	contact: {
		idField: 'ContactID',
		statusField: 'ContactStatus',
		make: one('Contacts', (ledger) => ({ Name: ledger.unique('Gone') })),
		remove: async (ledger, id) =>
			await ledger.post('Contacts', { Contacts: [{ ContactID: id, ContactStatus: 'ARCHIVED' }] }),
		told: 'ARCHIVED',
	},
	creditNote: {
		idField: 'CreditNoteID',
		make: oneCreditNote,
		remove: status('CreditNotes', 'VOIDED'),
		told: 'VOIDED',
	},
	invoice: {
		idField: 'InvoiceID',
		make: async (ledger) => await oneInvoice(ledger, { Status: 'DRAFT' }),
		remove: status('Invoices', 'DELETED'),
		told: 'DELETED',
	},
	item: {
		idField: 'ItemID',
		make: one('Items', (ledger) => ({ Code: ledger.unique('GONE') })),
		remove: deletion('Items'),
	},
	manualJournal: {
		idField: 'ManualJournalID',
		make: one('ManualJournals', () => ({
			Narration: 'Gone',
			JournalLines: [
				{ LineAmount: 10, AccountCode: '453' },
				{ LineAmount: -10, AccountCode: '880' },
			],
		})),
		remove: status('ManualJournals', 'DELETED'),
		told: 'DELETED',
	},
	overpayment: bankCredit('Overpayment'),
	payment: {
		idField: 'PaymentID',
		make: onePayment,
		remove: status('Payments', 'DELETED'),
		told: 'DELETED',
	},
	prepayment: bankCredit('Prepayment'),
	purchaseOrder: {
		idField: 'PurchaseOrderID',
		make: one('PurchaseOrders', async (ledger) => ({
			Contact: await someContact(ledger),
			...lines(5, '400'),
		})),
		remove: status('PurchaseOrders', 'DELETED'),
	},
	quote: {
		idField: 'QuoteID',
		make: one('Quotes', async (ledger) => ({
			Contact: await someContact(ledger),
			Date: '2026-11-05',
			...lines(5, '200'),
		})),
		remove: async (ledger, id) =>
			await ledger.post(`Quotes/${id}`, {
				Quotes: [
					{
						QuoteID: id,
						Contact: await someContact(ledger),
						Date: '2026-11-05',
						Status: 'DELETED',
					},
				],
			}),
	},
};

/** It goes with the bank transaction that made it. */
function bankCredit(name: 'Overpayment' | 'Prepayment'): RemovedRecord {
	return {
		idField: `${name}ID`,
		make: async (ledger) => await oneBankCredit(ledger, name),
		async remove(ledger, id) {
			const transactions = await ledger.get('BankTransactions?page=1&pageSize=1000');
			const made = transactions.find((transaction) => transaction[`${name}ID`] === id);
			await status('BankTransactions', 'DELETED')(ledger, String(made?.['BankTransactionID']));
		},
		told: 'VOIDED',
	};
}

/** Lists of which nothing can be taken out of use through the API. */
const NEVER = ['journal', 'user'];

const promised = Object.entries(resources).flatMap(([resource, { operations }]) => {
	const promise = operations['getAll']?.description.find(({ name }) => name === 'sinceLastRun');
	return promise === undefined ? [] : [{ resource, description: promise.description ?? '' }];
});

/** Seconds. */
const BEYOND_OVERLAP = 600;

let xero: ConnectedEngine;
let ledger: Ledger;
beforeEach(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	ledger = ledgerOfSandbox(xero);
});
afterEach(async () => {
	await xero.close();
});

async function changes(resource: string, more: INodeParameters = {}): Promise<IDataObject[]> {
	const parameters = {
		resource,
		operation: 'getAll',
		returnAll: true,
		sinceLastRun: true,
		...more,
	};
	const execution = await xero.engine.run(xeroWorkflow({ parameters }), { mode: 'trigger' });
	expect(execution.error).toBeUndefined();
	return execution.itemsOf(XERO_NODE).map(({ json }) => json);
}

it('every list with an incremental read is here', () => {
	expect(promised.map(({ resource }) => resource).sort()).toEqual(
		[...Object.keys(removed), ...NEVER].sort(),
	);
});

describe.each(promised.filter(({ resource }) => !NEVER.includes(resource)))(
	'what was taken out of use, in an incremental read of $resource',
	({ resource, description }) => {
		const { idField, statusField = 'Status', make, remove, told } = removed[resource]!;

		it(`${told === undefined ? 'does not come' : `comes once, as ${told}`}, and the field says so`, async () => {
			const id = String((await make(ledger))[idField]);
			await changes(resource);
			await xero.sandbox.advanceClock(BEYOND_OVERLAP);
			await make(ledger);
			await changes(resource);

			await remove(ledger, id);
			const [next, after] = [await changes(resource), await changes(resource)];

			const about = (rows: readonly IDataObject[]) => rows.filter((row) => row[idField] === id);
			expect(about(next).map((row) => row[statusField])).toEqual(told === undefined ? [] : [told]);
			expect(about(after)).toEqual([]);
			expect(description).toMatch(
				told === undefined
					? /do not come|may be missing|does not say/
					: /(ones|contacts|accounts) come too/,
			);
		});
	},
);

it('a merged contact says who it is now', async () => {
	const [from, into] = await Promise.all(
		['Twice Here', 'Here Twice'].map(
			async (Name) => await ledger.put('Contacts', { Contacts: [{ Name }] }),
		),
	);
	await changes('contact');

	await xero.sandbox.mergeContacts(
		xero.tenantId,
		String(from?.['ContactID']),
		String(into?.['ContactID']),
	);

	expect(await changes('contact')).toEqual([
		expect.objectContaining({
			Name: 'Twice Here',
			ContactStatus: 'ARCHIVED',
			ContactID: from?.['ContactID'],
			MergedToContactID: into?.['ContactID'],
		}),
	]);
});

it('a deleted bank transfer is not given again and again where deleted ones are asked for', async () => {
	const { make, remove, idField } = removed['bankTransfer']!;
	const asked = { filters: { includeDeleted: true } };
	const id = String((await make(ledger))[idField]);
	await changes('bankTransfer', asked);
	await xero.sandbox.advanceClock(BEYOND_OVERLAP);
	await make(ledger);
	await changes('bankTransfer', asked);

	await remove(ledger, id);

	expect(await changes('bankTransfer', asked)).toEqual([]);
});
