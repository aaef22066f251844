import {
	connectSandbox,
	messagesOf,
	salesInvoice,
	type Answer,
	type ConnectedSandbox,
} from './connectedSandbox';
import { recordOf } from './paidDocuments';
import type { Json, XeroRecord } from './XeroBody';

/** Day of every record below, inside the locked month. */
const LOCKED = '2026-09-10';
const OPEN = '2026-10-05';
const LOCK = '2026-09-30';
const contact = { Name: 'Ridgeway Trading' };

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, {}, SCOPES);
	await sandbox.put('/Contacts', { Contacts: [contact] });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
	await sandbox.setLocks(sandbox.tenantId, {});
	await sandbox.setFaults({});
});

const SCOPES = [
	'offline_access',
	'accounting.contacts',
	'accounting.invoices',
	'accounting.payments',
	'accounting.banktransactions',
	'accounting.manualjournals',
	'accounting.settings',
];

const lock = async () => await sandbox.setLocks(sandbox.tenantId, { periodLockDate: LOCK });
const put = async (collection: string, record: Json) =>
	await sandbox.put(`/${collection}`, { [collection]: [record] });
const post = async (collection: string, record: Json) =>
	await sandbox.post(`/${collection}`, { [collection]: [record] });
const made = async (collection: string, record: Json): Promise<XeroRecord> =>
	recordOf(await put(collection, record), collection);

const line = (AccountCode: string, UnitAmount = 100) => ({
	LineItems: [{ Description: 'Goods', Quantity: 1, UnitAmount, AccountCode, TaxType: 'NONE' }],
});
const bank = { Code: '090' };
const drafts: Readonly<Record<string, Json>> = {
	Invoices: salesInvoice({ Date: LOCKED, Status: 'DRAFT', ...line('200') }),
	CreditNotes: { Type: 'ACCRECCREDIT', Contact: contact, Date: LOCKED, ...line('200') },
	ManualJournals: {
		Narration: 'Accrual',
		Date: LOCKED,
		JournalLines: [
			{ LineAmount: 10, AccountCode: '453' },
			{ LineAmount: -10, AccountCode: '880' },
		],
	},
	Quotes: { Contact: contact, Date: LOCKED, ...line('200') },
	PurchaseOrders: { Contact: contact, Date: LOCKED, ...line('453') },
};
const posted: Readonly<Record<string, Json>> = {
	Invoices: { ...drafts['Invoices'], Status: 'AUTHORISED' },
	CreditNotes: { ...drafts['CreditNotes'], Status: 'AUTHORISED' },
	ManualJournals: { ...drafts['ManualJournals'], Status: 'POSTED' },
	BankTransactions: {
		Type: 'SPEND',
		Contact: contact,
		BankAccount: bank,
		Date: LOCKED,
		...line('453'),
	},
	BankTransfers: {
		FromBankAccount: bank,
		ToBankAccount: { Code: '091' },
		Amount: 10,
		Date: LOCKED,
	},
};
const idOf = (collection: string, record: XeroRecord) => {
	const idField = `${collection.replace(/s$/, '')}ID`;
	return { [idField]: record[idField] };
};
const TOO_EARLY =
	'The document date cannot be before the period lock date, currently set at 30-Sep-2026';
const LOCKED_RECORD =
	'The document cannot be edited as it is currently dated before the period lock date';

/** An approved invoice outside the locked month. */
const openInvoice = async () =>
	await made('Invoices', salesInvoice({ Date: OPEN, ...line('200') }));

describe('in a locked month', () => {
	it.each([
		...Object.entries(drafts).map(
			([kind, record]) => [`a draft of ${kind}`, kind, record] as const,
		),
		...Object.entries(posted).map(([kind, record]) => [kind, kind, record] as const),
	])('%s cannot be made', async (_what, collection, record) => {
		await lock();

		const answer = await put(collection, record);

		expect(answer.status).toBe(400);
		expect(messagesOf(answer)).toEqual([TOO_EARLY]);
	});

	it.each<[string, string, Json, Json]>([
		...Object.entries(drafts).map(
			([kind, record]) =>
				[`deleted`, kind, record, { Status: 'DELETED' }] as [string, string, Json, Json],
		),
		['approved', 'Invoices', drafts['Invoices'] as Json, { Status: 'AUTHORISED' }],
		['voided', 'Invoices', posted['Invoices'] as Json, { Status: 'VOIDED' }],
		['given a reference', 'Invoices', posted['Invoices'] as Json, { Reference: 'R' }],
		['moved out', 'Invoices', posted['Invoices'] as Json, { Date: OPEN }],
		['voided', 'CreditNotes', posted['CreditNotes'] as Json, { Status: 'VOIDED' }],
		['given a reference', 'CreditNotes', posted['CreditNotes'] as Json, { Reference: 'R' }],
		['voided', 'ManualJournals', posted['ManualJournals'] as Json, { Status: 'VOIDED' }],
		['renamed', 'ManualJournals', posted['ManualJournals'] as Json, { Narration: 'Other' }],
		['deleted', 'BankTransactions', posted['BankTransactions'] as Json, { Status: 'DELETED' }],
		[
			'given a reference',
			'BankTransactions',
			posted['BankTransactions'] as Json,
			{ Reference: 'R' },
		],
		['deleted', 'BankTransfers', posted['BankTransfers'] as Json, { Status: 'DELETED' }],
	])('cannot be %s: one of %s', async (_what, collection, record, change) => {
		const known = await made(collection, record);
		await lock();

		const repeated = collection === 'Quotes' ? { Contact: contact, Date: LOCKED } : {};
		const answer = await post(collection, { ...idOf(collection, known), ...repeated, ...change });

		expect(answer.status).toBe(400);
		expect(messagesOf(answer)).toEqual([LOCKED_RECORD]);
		await sandbox.setLocks(sandbox.tenantId, {});
		const id = Object.values(idOf(collection, known))[0] as string;
		const after = recordOf(await sandbox.get(`/${collection}/${id}`), collection);
		expect(after.Status).toBe(known.Status);
	});

	it('nothing is paid, and no payment is taken back', async () => {
		const pay = async ({ InvoiceID }: XeroRecord) =>
			await put('Payments', { Invoice: { InvoiceID }, Account: bank, Amount: 10, Date: LOCKED });
		const invoice = await openInvoice();
		const payment = recordOf(await pay(invoice), 'Payments');
		await lock();

		const deletion = await sandbox.post(`/Payments/${String(payment['PaymentID'])}`, {
			Status: 'DELETED',
		});

		expect(messagesOf(await pay(invoice))).toEqual([TOO_EARLY]);
		expect(messagesOf(deletion)).toEqual([LOCKED_RECORD]);
	});

	it('no batch is paid, and none is taken back', async () => {
		const pay = async ({ InvoiceID }: XeroRecord) =>
			await put('BatchPayments', {
				Account: bank,
				Date: LOCKED,
				Payments: [{ Invoice: { InvoiceID }, Amount: 10 }],
			});
		const [first, second] = [await openInvoice(), await openInvoice()];
		const { BatchPaymentID } = recordOf(await pay(first), 'BatchPayments');
		await lock();

		expect(messagesOf(await pay(second))).toEqual([TOO_EARLY]);
		expect(messagesOf(await post('BatchPayments', { BatchPaymentID, Status: 'DELETED' }))).toEqual([
			LOCKED_RECORD,
		]);
	});

	it('no credit is allocated, and no allocation is taken back', async () => {
		const invoice = await openInvoice();
		const note = await made('CreditNotes', { ...posted['CreditNotes'], Date: OPEN });
		const path = `/CreditNotes/${String(note['CreditNoteID'])}/Allocations`;
		const allocate = async (): Promise<Answer> =>
			await sandbox.put(path, {
				Allocations: [{ Amount: 10, Date: LOCKED, Invoice: { InvoiceID: invoice.InvoiceID } }],
			});
		const allocation = recordOf(await allocate(), 'Allocations');
		await lock();

		const removal = await sandbox.delete(`${path}/${String(allocation['AllocationID'])}`);

		expect(messagesOf(await allocate())).toEqual([TOO_EARLY]);
		expect(removal.status).toBe(400);
		expect(messagesOf(removal)).toEqual([LOCKED_RECORD]);
	});

	it('a document of the next month is made, and cannot be moved in', async () => {
		await lock();
		const invoice = await openInvoice();

		expect(
			messagesOf(await post('Invoices', { InvoiceID: invoice.InvoiceID, Date: LOCK })),
		).toEqual([TOO_EARLY]);
	});

	it('drafts are free where a switch says so, until they are approved', async () => {
		await sandbox.setFaults({ locksDrafts: false });
		await lock();

		for (const [collection, record] of Object.entries(drafts)) {
			expect((await put(collection, record)).status).toBe(200);
		}
		const { InvoiceID } = await made('Invoices', drafts['Invoices'] as Json);
		expect((await post('Invoices', { InvoiceID, Reference: 'R' })).status).toBe(200);
		expect(messagesOf(await post('Invoices', { InvoiceID, Status: 'AUTHORISED' }))).toEqual([
			TOO_EARLY,
		]);
	});
});

it('both lock dates are shown, and both are named', async () => {
	await sandbox.setLocks(sandbox.tenantId, {
		periodLockDate: LOCK,
		endOfYearLockDate: '2026-03-31',
	});

	const [organisation] = (await sandbox.get('/Organisation')).json.Organisations;
	const answer = await put('Invoices', { ...posted['Invoices'], Date: '2026-03-31' });

	expect(organisation).toMatchObject({
		PeriodLockDate: '/Date(1790726400000+0000)/',
		EndOfYearLockDate: '/Date(1774915200000+0000)/',
	});
	expect(messagesOf(answer)).toEqual([
		TOO_EARLY,
		'The document date cannot be before the end of year lock date, currently set at 31-Mar-2026',
	]);
});

it('an organisation without locks shows none, and unknown ones cannot be locked', async () => {
	const [organisation] = (await sandbox.get('/Organisation')).json.Organisations;

	expect(organisation).not.toHaveProperty('PeriodLockDate');
	expect(organisation).not.toHaveProperty('EndOfYearLockDate');
	await expect(sandbox.setLocks('nobody', {})).rejects.toThrow('There is no organisation nobody');
	await expect(sandbox.setLocks(sandbox.tenantId, { periodLockDate: '31 March' })).rejects.toThrow(
		'periodLockDate',
	);
});
