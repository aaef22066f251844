import {
	Account,
	AccountingApi,
	AccountType,
	BankTransaction,
	ManualJournal,
	TaxRate,
} from 'xero-node';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

/** Xero's own SDK, as a client that knows nothing of us, over the books below the documents. */
let sandbox: ConnectedSandbox;
let api: AccountingApi;
let tenantId: string;

beforeAll(async () => {
	sandbox = await connectSandbox({}, { tier: 'advanced' }, [
		'accounting.contacts',
		'accounting.invoices',
		'accounting.banktransactions',
		'accounting.manualjournals',
		'accounting.settings',
		'accounting.journals.read',
	]);
	({ tenantId } = sandbox);
	api = new AccountingApi(`${sandbox.url}/api.xro/2.0`);
	api.accessToken = sandbox.tokens.access_token;
});
afterAll(() => sandbox.close());

it('creates, changes, archives and deletes accounts', async () => {
	const made = await api.createAccount(tenantId, {
		code: 'SDK1',
		name: 'Made by the SDK',
		type: AccountType.EXPENSE,
	});
	const accountID = made.body.accounts?.[0]?.accountID as string;
	const renamed = await api.updateAccount(tenantId, accountID, {
		accounts: [{ name: 'Renamed by the SDK' }],
	});
	const archived = await api.updateAccount(tenantId, accountID, {
		accounts: [{ status: Account.StatusEnum.ARCHIVED }],
	});
	const deleted = await api.deleteAccount(tenantId, accountID);

	expect(renamed.body.accounts?.[0]?.name).toBe('Renamed by the SDK');
	expect(archived.body.accounts?.[0]?.status).toBe('ARCHIVED');
	expect(deleted.response.status).toBe(200);
});

it('creates, updates and deletes items', async () => {
	const item = { code: 'SDK', name: 'Thing', salesDetails: { unitPrice: 1.2345 } };
	const made = await api.createItems(tenantId, { items: [item] }, true, 4);
	const itemID = made.body.items?.[0]?.itemID as string;
	const again = await api.updateOrCreateItems(tenantId, {
		items: [{ code: 'SDK', name: 'Other thing' }],
	});
	const deleted = await api.deleteItem(tenantId, itemID);

	expect(made.body.items?.[0]?.salesDetails?.unitPrice).toBe(1.2345);
	expect(again.body.items?.[0]).toMatchObject({ itemID, name: 'Other thing' });
	expect(deleted.response.status).toBe(204);
});

it('spends money, moves money, and takes both back', async () => {
	const spent = await api.createBankTransactions(tenantId, {
		bankTransactions: [
			{
				type: BankTransaction.TypeEnum.SPEND,
				contact: { name: 'SDK Supplies' },
				bankAccount: { code: '090' },
				lineItems: [{ description: 'Ink', quantity: 1, unitAmount: 20, accountCode: '453' }],
			},
		],
	});
	const bankTransactionID = spent.body.bankTransactions?.[0]?.bankTransactionID as string;
	const [known] = (await api.getBankTransaction(tenantId, bankTransactionID)).body
		.bankTransactions as [BankTransaction];
	const gone = await api.updateBankTransaction(tenantId, bankTransactionID, {
		bankTransactions: [{ ...known, status: BankTransaction.StatusEnum.DELETED }],
	});
	const moved = await api.createBankTransfer(tenantId, {
		bankTransfers: [
			{ fromBankAccount: { code: '090' }, toBankAccount: { code: '091' }, amount: 12.34 },
		],
	});
	const transferId = moved.body.bankTransfers?.[0]?.bankTransferID as string;
	const taken = await api.deleteBankTransfer(tenantId, transferId, { status: 'DELETED' });

	expect(known).toMatchObject({ subTotal: 20, totalTax: 3, total: 23 });
	expect(gone.body.bankTransactions?.[0]?.status).toBe('DELETED');
	expect(taken.body.bankTransfers?.[0]?.status).toBe('DELETED');
});

it('makes a tax rate of its own and deletes it', async () => {
	const made = await api.createTaxRates(tenantId, {
		taxRates: [
			{
				name: 'SDK tax',
				reportTaxType: TaxRate.ReportTaxTypeEnum.INPUT,
				taxComponents: [{ name: 'State', rate: 2.25 }],
			},
		],
	});
	const taxType = made.body.taxRates?.[0]?.taxType as string;
	const deleted = await api.updateTaxRate(tenantId, {
		taxRates: [{ taxType, status: TaxRate.StatusEnum.DELETED }],
	});

	expect(made.body.taxRates?.[0]).toMatchObject({ effectiveRate: 2.25, canApplyToExpenses: true });
	expect(deleted.body.taxRates?.[0]).toMatchObject({ taxType, status: 'DELETED' });
});

it('adds an option to a tracking category, and takes it away', async () => {
	const { body } = await api.getTrackingCategories(tenantId);
	const categoryId = body.trackingCategories?.[0]?.trackingCategoryID as string;
	const made = await api.createTrackingOptions(tenantId, categoryId, { name: 'SDK' });
	const optionId = made.body.options?.[0]?.trackingOptionID as string;
	const renamed = await api.updateTrackingOptions(tenantId, categoryId, optionId, {
		name: 'SDK renamed',
	});
	const deleted = await api.deleteTrackingOptions(tenantId, categoryId, optionId);

	expect(renamed.body.options?.[0]?.name).toBe('SDK renamed');
	expect(deleted.body.options?.[0]?.status).toBe('DELETED');
});

it('makes a tracking category, renames it and deletes it', async () => {
	const { body } = await api.getTrackingCategories(tenantId);
	const spare = body.trackingCategories?.[1]?.trackingCategoryID as string;
	await api.deleteTrackingCategory(tenantId, spare);
	const made = await api.createTrackingCategory(tenantId, { name: 'SDK category' });
	const categoryId = made.body.trackingCategories?.[0]?.trackingCategoryID as string;
	const renamed = await api.updateTrackingCategory(tenantId, categoryId, { name: 'SDK renamed' });
	const deleted = await api.deleteTrackingCategory(tenantId, categoryId);

	expect(renamed.body.trackingCategories?.[0]?.name).toBe('SDK renamed');
	expect(deleted.body.trackingCategories?.[0]?.status).toBe('DELETED');
});

it('fills a contact group, renames it and takes a contact out', async () => {
	const contacts = await api.getContacts(tenantId);
	const contactID = contacts.body.contacts?.[0]?.contactID as string;
	const made = await api.createContactGroup(tenantId, { contactGroups: [{ name: 'SDK group' }] });
	const groupId = made.body.contactGroups?.[0]?.contactGroupID as string;
	await api.createContactGroupContacts(tenantId, groupId, { contacts: [{ contactID }] });
	const filled = await api.getContactGroup(tenantId, groupId);
	await api.updateContactGroup(tenantId, groupId, { contactGroups: [{ name: 'SDK renamed' }] });
	const removed = await api.deleteContactGroupContact(tenantId, groupId, contactID);
	const left = await api.getContactGroup(tenantId, groupId);

	expect(filled.body.contactGroups?.[0]?.contacts).toMatchObject([{ contactID }]);
	expect(removed.response.status).toBe(204);
	expect(left.body.contactGroups?.[0]).toMatchObject({ name: 'SDK renamed', contacts: [] });
});

it('reads who and what the organisation has', async () => {
	const users = await api.getUsers(tenantId);
	const user = await api.getUser(tenantId, users.body.users?.[0]?.userID as string);
	const currencies = await api.getCurrencies(tenantId);
	const themes = await api.getBrandingThemes(tenantId);
	const actions = await api.getOrganisationActions(tenantId);

	expect(user.body.users?.[0]).toMatchObject({ emailAddress: 'owner@sandbox.example' });
	expect(currencies.body.currencies?.map(({ code }) => String(code))).toContain('NZD');
	expect(themes.body.brandingThemes?.map(({ name }) => name)).toContain('Standard');
	expect(actions.body.actions?.length).toBeGreaterThan(5);
});

it('posts and voids a manual journal, and finds both in the journals', async () => {
	const posted = await api.createManualJournals(tenantId, {
		manualJournals: [
			{
				narration: 'By the SDK',
				status: ManualJournal.StatusEnum.POSTED,
				journalLines: [
					{ lineAmount: 10, accountCode: '453' },
					{ lineAmount: -10, accountCode: '880' },
				],
			},
		],
	});
	const manualJournalID = posted.body.manualJournals?.[0]?.manualJournalID as string;
	const before = await journalsOf(manualJournalID);
	await api.updateManualJournal(tenantId, manualJournalID, {
		manualJournals: [{ narration: 'By the SDK', status: ManualJournal.StatusEnum.VOIDED }],
	});

	expect(before).toEqual([[10, -10]]);
	expect(await journalsOf(manualJournalID)).toEqual([
		[10, -10],
		[-10, 10],
	]);
});

async function journalsOf(sourceId: string): Promise<(number | undefined)[][]> {
	const found: (number | undefined)[][] = [];
	for (let offset = 0; ;) {
		const { body } = await api.getJournals(tenantId, undefined, offset);
		const page = body.journals ?? [];
		for (const { sourceID, journalLines = [] } of page) {
			if (sourceID === sourceId) found.push(journalLines.map(({ netAmount }) => netAmount));
		}
		if (page.length === 0) return found;
		offset = page.at(-1)?.journalNumber ?? 0;
	}
}
