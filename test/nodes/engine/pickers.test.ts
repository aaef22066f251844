import type { INodePropertyOptions } from 'n8n-workflow';

import { resources } from '../../../nodes/Xero/resources/resources';
import { listSearch } from '../../../nodes/Xero/pickers/listSearch';
import { ledgerOfSandbox, type Ledger } from '../operations/ledgerOfSandbox';
import { oneFeed } from '../operations/bankFeedConnection.cases';
import { seedLinks } from '../lists/seedLists';
import { oneStatement } from '../operations/bankStatement.cases';
import {
	lines,
	oneBankCredit,
	oneCreditNote,
	oneInvoice,
	onePayment,
} from '../operations/preparedCredits';
import { connectEngine, type ConnectedEngine } from '../support/connectedEngine';
import { everyScope } from '../support/everyScope';
import { xeroNode } from '../support/xeroWorkflow';

let xero: ConnectedEngine;
let ledger: Ledger;
beforeAll(async () => {
	xero = await connectEngine({ scopes: everyScope, app: { tier: 'advanced', bankFeeds: true } });
	ledger = ledgerOfSandbox(xero);
	const call = async (method: string, path: string, body: unknown) => {
		const response = await xero.sandbox.call(xero.tokens, xero.tenantId, method, path, body);
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	};
	const [contact] = await xero.read('Contacts?page=1');
	const quote = (Title: string, Date: string) => ({
		Title,
		Date,
		Contact: { ContactID: contact?.['ContactID'] },
		LineItems: [{ Description: 'Work', UnitAmount: 1 }],
	});
	await call('PUT', '/api.xro/2.0/Quotes', {
		Quotes: [
			quote('The old one', '2020-01-01'),
			...Array.from({ length: 150 }, (_, index) => quote(`Newer ${index}`, '2026-11-01')),
		],
	});
	await call('PUT', '/api.xro/2.0/PurchaseOrders', {
		PurchaseOrders: [
			{ ...quote('', '2026-11-01'), Title: undefined, PurchaseOrderNumber: 'PO-PICK' },
		],
	});
	await call('POST', '/bankfeeds.xro/1.0/FeedConnections', {
		items: [
			{
				accountToken: 'token-1',
				accountNumber: '12345',
				accountName: 'Savings',
				accountType: 'BANK',
				currency: 'NZD',
			},
		],
	});
	await call('POST', '/files.xro/1.0/Folders', { Name: 'Contracts' });
	await prepareMoney();
});

/** One record of each kind that moves money. */
async function prepareMoney(): Promise<void> {
	const { InvoiceID } = await oneInvoice(ledger);
	await ledger.put('BatchPayments', {
		BatchPayments: [
			{
				Account: { Code: '090' },
				Date: '2026-11-05',
				Reference: 'RUN 7',
				Payments: [{ Invoice: { InvoiceID }, Amount: 50 }],
			},
		],
	});
	await ledger.put('RepeatingInvoices', {
		RepeatingInvoices: [
			{
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				Contact: { Name: 'Ridgeway University' },
				Reference: 'RENT',
				Schedule: {
					Period: 1,
					Unit: 'MONTHLY',
					DueDate: 10,
					DueDateType: 'OFFOLLOWINGMONTH',
					StartDate: '2026-12-01',
				},
				...lines(1000, '200'),
			},
		],
	});
	await ledger.put('BankTransactions', {
		BankTransactions: [
			{
				Type: 'SPEND',
				Contact: { Name: 'Ridgeway University' },
				BankAccount: { Code: '090' },
				Reference: 'INK-1',
				...lines(20, '453'),
			},
		],
	});
	await ledger.put('BankTransfers', {
		BankTransfers: [
			{
				FromBankAccount: { Code: '090' },
				ToBankAccount: { Code: '091' },
				Amount: 12.34,
				Reference: 'To savings',
			},
		],
	});
	await ledger.put('ManualJournals', {
		ManualJournals: [
			{
				Narration: 'Accrue the rent',
				JournalLines: [
					{ LineAmount: 10, AccountCode: '453' },
					{ LineAmount: -10, AccountCode: '880' },
				],
			},
		],
	});
}
afterAll(() => xero.close());

const pick = async (method: string, filter?: string, token?: string) =>
	await xero.engine.pick(xeroNode({ authentication: 'oAuth2' }), method, filter, token);

it.each([
	['searchPurchaseOrders', 'PO-PICK'],
	['searchQuotes', 'Newer 149'],
	['searchFeedConnections', 'Savings · 12345 · token-1'],
	['searchFolders', 'Contracts'],
	['searchBatchPayments', 'RUN 7 · 2026-11-05 · 50 · AUTHORISED'],
	['searchRepeatingInvoices', 'RENT · Ridgeway University · AUTHORISED · 1150'],
	['searchBankTransactions', 'INK-1'],
	['searchBankTransfers', 'To savings'],
	['searchManualJournals', 'Accrue the rent'],
])('%s shows %s, and gives its id', async (method, name) => {
	const { results } = await pick(method, name);

	expect(results).toContainEqual(
		expect.objectContaining({
			name: expect.stringContaining(name),
			value: expect.stringMatching(/^[0-9a-f-]{36}$/),
		}),
	);
});

it('finds what is not on the first page, in a list that Xero cannot search', async () => {
	const { results, paginationToken } = await pick('searchQuotes', 'the old');

	expect(results).toEqual([
		expect.objectContaining({ name: expect.stringContaining('The old one') }),
	]);
	expect(paginationToken).toBeUndefined();
});

it('has no files to show while there are none', async () => {
	expect((await pick('searchFiles')).results).toEqual([]);
});

it.each([
	['searchAssets', 'FA-0002'],
	['searchProjects', 'closed'],
])('%s finds by %s', async (method, sought) => {
	const { results } = await pick(method, sought);

	expect(results.length).toBeGreaterThan(0);
	expect(results.map(({ name }) => name)).toEqual(
		results.map(() => expect.stringContaining(sought)),
	);
});

it.each(['searchBatchPayments', 'searchRepeatingInvoices'])(
	'%s finds by a part of the reference in any case, and nothing where nothing fits',
	async (method) => {
		expect((await pick(method, 'r')).results).toHaveLength(1);
		expect((await pick(method, 'nothing like it')).results).toEqual([]);
	},
);

describe('every list of the editor', () => {
	beforeAll(async () => {
		await ledger.uploadFile('scan.txt', 'Hello');
		await onePayment(ledger);
		await oneStatement(ledger);
		await oneCreditNote(ledger);
		await seedLinks(ledger);
		for (const kind of ['Prepayment', 'Overpayment'] as const) await oneBankCredit(ledger, kind);
		await ledger.put('ContactGroups', { ContactGroups: [{ Name: 'Regulars' }] });
	});

	it.each(Object.keys(listSearch))('%s has names that a person can tell apart', async (method) => {
		const { results } = await pick(method);

		expect(results.length).toBeGreaterThan(0);
		for (const { name, value } of results) {
			expect(name).not.toMatch(/undefined|null|\[object|\/Date\(|T00:00:00/);
			expect(name).not.toBe('');
			expect(value).not.toBe('');
		}
	});

	describe.each([
		['attachment', 'documentType', 'searchDocuments'],
		['file', 'objectGroup', 'searchFiledRecords'],
	] as const)('of %s', (resource, parameter, method) => {
		const kinds = (resources[resource]?.description ?? [])
			.filter(({ name }) => name === parameter)
			.flatMap(({ options }) => (options as INodePropertyOptions[]).map(({ value }) => value));
		const listed = [...new Set(kinds)].filter((kind) => kind !== 'Receipt');

		it.each(listed)('has records of the kind %s', async (kind) => {
			const node = xeroNode({ authentication: 'oAuth2', [parameter]: kind });

			const { results } = await xero.engine.pick(node, method);

			expect(results).not.toEqual([]);
			for (const { value } of results) expect(value).toMatch(/^[0-9a-f-]{36}$/);
		});
	});

	it('says what to do where the kind comes from an expression', async () => {
		const node = xeroNode({ authentication: 'oAuth2', documentType: '={{ $json.type }}' });

		await expect(xero.engine.pick(node, 'searchDocuments')).rejects.toMatchObject({
			description: expect.stringContaining('Give the ID of the record'),
		});
	});
});

it.each(['searchFiles', 'searchFeedConnections'])(
	'%s finds what is behind a hundred others',
	async (method) => {
		await Promise.all(
			Array.from({ length: 101 }, async (_, index) => {
				if (method === 'searchFiles') await ledger.uploadFile(`page ${index}.txt`, 'x');
				else await oneFeed(ledger);
			}),
		);
		const seen = await pick(method);
		const further = await pick(method, undefined, seen.paginationToken);
		const onFirstPage = new Set(seen.results.map(({ value }) => value));
		const behind = further.results.find(({ value }) => !onFirstPage.has(value));

		const { results } = await pick(method, String(behind?.name));

		expect(seen.results).toHaveLength(100);
		expect(results).toContainEqual(behind);
	},
);
