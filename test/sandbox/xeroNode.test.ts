import { AccountingApi, Contact, Invoice, LineAmountTypes } from 'xero-node';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

/** Xero's own SDK, as a client that knows nothing of us. */
let sandbox: ConnectedSandbox;
let api: AccountingApi;

beforeAll(async () => {
	sandbox = await connectSandbox();
	api = new AccountingApi(`${sandbox.url}/api.xro/2.0`);
	api.accessToken = sandbox.tokens.access_token;
});
afterAll(() => sandbox.close());

it('creates, finds, changes and archives a contact', async () => {
	const { body } = await api.createContacts(
		sandbox.tenantId,
		{ contacts: [{ name: 'Made by the SDK', emailAddress: 'sdk@made.example' }] },
		false,
	);
	const contactID = body.contacts?.[0]?.contactID as string;

	const found = await api.getContacts(
		sandbox.tenantId,
		undefined,
		'Name=="Made by the SDK"',
		undefined,
		undefined,
		1,
	);
	const changed = await api.updateContact(sandbox.tenantId, contactID, {
		contacts: [{ firstName: 'Esdi' }],
	});
	await api.updateOrCreateContacts(sandbox.tenantId, {
		contacts: [{ contactID, contactStatus: Contact.ContactStatusEnum.ARCHIVED }],
	});
	const read = await api.getContact(sandbox.tenantId, contactID);

	expect(found.body.contacts?.map((contact) => contact.contactID)).toEqual([contactID]);
	expect(found.body.pagination).toMatchObject({ page: 1, itemCount: 1 });
	expect(changed.body.contacts?.[0]).toMatchObject({
		firstName: 'Esdi',
		emailAddress: 'sdk@made.example',
	});
	expect(read.body.contacts?.[0]?.contactStatus).toBe('ARCHIVED');
});

it('creates, reads, lists and voids an invoice', async () => {
	const draft: Invoice = {
		type: Invoice.TypeEnum.ACCREC,
		status: Invoice.StatusEnum.AUTHORISED,
		contact: { name: 'Customer of the SDK' },
		date: '2026-11-02',
		dueDate: '2026-11-30',
		lineAmountTypes: LineAmountTypes.Inclusive,
		lineItems: [{ description: 'Work', quantity: 3, unitAmount: 11.5, accountCode: '200' }],
	};
	const created = await api.createInvoices(sandbox.tenantId, { invoices: [draft] }, true);
	const invoice = created.body.invoices?.[0] as Invoice;
	const read = await api.getInvoice(sandbox.tenantId, invoice.invoiceID as string);
	const listed = await api.getInvoices(
		sandbox.tenantId,
		undefined,
		undefined,
		undefined,
		[invoice.invoiceID as string],
		undefined,
		undefined,
		undefined,
		1,
	);
	const voided = await api.updateInvoice(sandbox.tenantId, invoice.invoiceID as string, {
		invoices: [{ status: Invoice.StatusEnum.VOIDED }],
	});

	expect(invoice).toMatchObject({ subTotal: 30, totalTax: 4.5, total: 34.5, amountDue: 34.5 });
	expect(read.body.invoices?.[0]?.lineItems?.[0]).toMatchObject({
		quantity: 3,
		unitAmount: 11.5,
		taxType: 'OUTPUT2',
	});
	expect(listed.body.invoices).toHaveLength(1);
	expect(voided.body.invoices?.[0]?.status).toBe('VOIDED');
});

it('reads the settings', async () => {
	const [organisation, accounts, taxRates, items] = await Promise.all([
		api.getOrganisations(sandbox.tenantId),
		api.getAccounts(sandbox.tenantId, undefined, 'Type=="BANK"'),
		api.getTaxRates(sandbox.tenantId),
		api.getItems(sandbox.tenantId),
	]);

	expect(organisation.body.organisations?.[0]?.name).toBe('Demo Company (NZ)');
	expect(accounts.body.accounts).toHaveLength(2);
	expect(taxRates.body.taxRates?.[0]).toMatchObject({ taxType: 'OUTPUT2', effectiveRate: 15 });
	expect(items.body.items?.length).toBeGreaterThan(3);
});

it('is told what was wrong', async () => {
	const refused = api.createContacts(sandbox.tenantId, { contacts: [{ firstName: 'Nameless' }] });

	const reason = await refused.then(() => 'nothing', String);

	expect(reason).toContain('The Contact must contain at least 1 of the following elements');
});
