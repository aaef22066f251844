import {
	AccountingApi,
	Invoice,
	PurchaseOrder,
	QuoteStatusCodes,
	type LineItem,
	type Quote,
} from 'xero-node';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';

/** Xero's own SDK, as a client that knows nothing of us, on quotes, orders and what hangs on documents. */
let sandbox: ConnectedSandbox;
let api: AccountingApi;
let tenantId: string;

beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, [
		'accounting.contacts',
		'accounting.invoices',
		'accounting.settings',
		'accounting.attachments',
	]);
	({ tenantId } = sandbox);
	api = new AccountingApi(`${sandbox.url}/api.xro/2.0`);
	api.accessToken = sandbox.tokens.access_token;
});
afterAll(() => sandbox.close());

const contact = { name: 'Customer of the SDK', emailAddress: 'customer@sdk.example' };
const lineItems: LineItem[] = [
	{ description: 'Work', quantity: 2, unitAmount: 100, accountCode: '200' },
];

it('writes a quote, sends it, lists it and prints it', async () => {
	// On a quote the account of a line says nothing about its tax.
	const taxed = lineItems.map((line) => ({ ...line, taxType: 'OUTPUT2' }));
	const created = await api.createQuotes(tenantId, {
		quotes: [{ contact, date: '2026-11-02', title: 'By the SDK', lineItems: taxed }],
	});
	const quote = created.body.quotes?.[0] as Quote;
	const quoteID = quote.quoteID as string;
	const sent = await api.updateQuote(tenantId, quoteID, {
		quotes: [{ ...quote, status: QuoteStatusCodes.SENT }],
	});
	const listed = await api.getQuotes(
		tenantId,
		undefined,
		'2026-11-02',
		'2026-11-02',
		undefined,
		undefined,
		undefined,
		'SENT',
		1,
		undefined,
		quote.quoteNumber,
	);
	const pdf = await api.getQuoteAsPdf(tenantId, quoteID);

	expect(quote).toMatchObject({ status: 'DRAFT', subTotal: 200, totalTax: 30, total: 230 });
	expect(sent.body.quotes?.[0]).toMatchObject({ quoteID, status: 'SENT', title: 'By the SDK' });
	expect(listed.body.quotes?.map((one) => one.quoteID)).toEqual([quoteID]);
	expect(Buffer.from(pdf.body).subarray(0, 5).toString()).toBe('%PDF-');
});

it('orders, approves, and finds the order by its number', async () => {
	const supplier = await api.createContacts(tenantId, { contacts: [{ name: 'SDK Supplies' }] });
	const contactID = supplier.body.contacts?.[0]?.contactID as string;
	const created = await api.createPurchaseOrders(tenantId, {
		purchaseOrders: [
			{
				contact: { contactID },
				date: '2026-11-02',
				deliveryDate: '2026-11-30',
				purchaseOrderNumber: 'PO-SDK',
				lineItems: [{ description: 'Ink', quantity: 5, unitAmount: 20, accountCode: '453' }],
			},
		],
	});
	const purchaseOrderID = created.body.purchaseOrders?.[0]?.purchaseOrderID as string;
	const approved = await api.updatePurchaseOrder(tenantId, purchaseOrderID, {
		purchaseOrders: [{ status: PurchaseOrder.StatusEnum.AUTHORISED }],
	});
	const found = await api.getPurchaseOrderByNumber(tenantId, 'PO-SDK');
	const listed = await api.getPurchaseOrders(tenantId, undefined, 'AUTHORISED');
	const pdf = await api.getPurchaseOrderAsPdf(tenantId, purchaseOrderID);

	expect(created.body.purchaseOrders?.[0]).toMatchObject({ status: 'DRAFT', total: 115 });
	expect(approved.body.purchaseOrders?.[0]?.status).toBe('AUTHORISED');
	expect(found.body.purchaseOrders?.[0]?.purchaseOrderID).toBe(purchaseOrderID);
	expect(listed.body.purchaseOrders?.map((one) => one.purchaseOrderID)).toEqual([purchaseOrderID]);
	expect(Buffer.from(pdf.body).subarray(0, 5).toString()).toBe('%PDF-');
});

it('prints, mails and shows an invoice, and hangs a note and a file on it', async () => {
	const created = await api.createInvoices(tenantId, {
		invoices: [
			{
				type: Invoice.TypeEnum.ACCREC,
				status: Invoice.StatusEnum.AUTHORISED,
				contact,
				date: '2026-11-02',
				dueDate: '2026-11-30',
				lineItems,
			},
		],
	});
	const invoiceID = created.body.invoices?.[0]?.invoiceID as string;
	const bytes = Buffer.from([0, 1, 128, 255]);

	const mailed = await api.emailInvoice(tenantId, invoiceID, {});
	const online = await api.getOnlineInvoice(tenantId, invoiceID);
	const pdf = await api.getInvoiceAsPdf(tenantId, invoiceID);
	await api.createInvoiceHistory(tenantId, invoiceID, { historyRecords: [{ details: 'Called' }] });
	const history = await api.getInvoiceHistory(tenantId, invoiceID);
	await api.createInvoiceAttachmentByFileName(tenantId, invoiceID, 'scan.png', bytes, true);
	const listed = await api.getInvoiceAttachments(tenantId, invoiceID);
	const file = await api.getInvoiceAttachmentByFileName(
		tenantId,
		invoiceID,
		'scan.png',
		'image/png',
	);

	expect(mailed.response.status).toBe(204);
	expect(online.body.onlineInvoices?.[0]?.onlineInvoiceUrl).toMatch(/^https:\/\/in\.xero\.com\//);
	expect(Buffer.from(pdf.body).subarray(0, 5).toString()).toBe('%PDF-');
	expect(history.body.historyRecords?.map(({ details }) => details)).toContain('Called');
	expect(listed.body.attachments?.[0]).toMatchObject({ fileName: 'scan.png', includeOnline: true });
	expect(Buffer.from(file.body)).toEqual(bytes);
});
