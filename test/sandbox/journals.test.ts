import {
	connectSandbox,
	messagesOf,
	salesInvoice,
	type ConnectedSandbox,
} from './connectedSandbox';
import type { Json, XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, { tier: 'advanced' }, [
		'accounting.contacts',
		'accounting.invoices',
		'accounting.payments',
		'accounting.banktransactions',
		'accounting.manualjournals',
		'accounting.journals.read',
	]);
});
afterAll(() => sandbox.close());

const entry = (changes: Json = {}): Json => ({
	Narration: 'Accrual',
	Date: '2026-11-01',
	JournalLines: [
		{ LineAmount: 100.1, AccountCode: '453', Description: 'Paper' },
		{ LineAmount: -100.1, AccountCode: '880' },
	],
	...changes,
});
const made = async (changes: Json = {}): Promise<XeroRecord> => {
	const answer = await sandbox.put('/ManualJournals', { ManualJournals: [entry(changes)] });
	if (answer.status !== 200) throw new Error(answer.text);
	return (answer.json['ManualJournals'] as XeroRecords)[0];
};
const changed = (journal: XeroRecord, changes: Json) =>
	sandbox.post('/ManualJournals', {
		ManualJournals: [{ ManualJournalID: journal['ManualJournalID'], ...changes }],
	});

describe('a manual journal', () => {
	it('is a draft of its lines, without tax unless told otherwise', async () => {
		expect(await made()).toMatchObject({
			Status: 'DRAFT',
			LineAmountTypes: 'NoTax',
			ShowOnCashBasisReports: true,
			JournalLines: [
				{ LineAmount: 100.1, AccountCode: '453', TaxType: 'NONE', TaxAmount: 0, IsBlank: false },
				{ LineAmount: -100.1, AccountCode: '880' },
			],
		});
	});

	it.each([
		['no narration', { Narration: '' }, 'Narration must be specified'],
		[
			'one line',
			{ JournalLines: [{ LineAmount: 0, AccountCode: '453' }] },
			'A manual journal must have at least two lines',
		],
		[
			'lines that do not balance',
			{
				JournalLines: [
					{ LineAmount: 100, AccountCode: '453' },
					{ LineAmount: -10, AccountCode: '880' },
				],
			},
			'The total debits (100.00) must equal total credits (-10.00)',
		],
		[
			'a bank account',
			{
				JournalLines: [
					{ LineAmount: 1, AccountCode: '090' },
					{ LineAmount: -1, AccountCode: '880' },
				],
			},
			"Account code '090' is not a valid code for this document.",
		],
		[
			'an unknown account, when posted',
			{
				Status: 'POSTED',
				JournalLines: [
					{ LineAmount: 1, AccountCode: '476' },
					{ LineAmount: -1, AccountCode: '880' },
				],
			},
			"Account code '476' is not a valid code for this document.",
		],
	])('is refused with %s', async (_case, changes, message) => {
		const answer = await sandbox.put('/ManualJournals', { ManualJournals: [entry(changes)] });

		expect(messagesOf(answer)).toEqual([message]);
	});

	it('loses an unknown account while it is a draft, with a warning', async () => {
		const journal = await made({
			JournalLines: [
				{ LineAmount: 1, AccountCode: '476' },
				{ LineAmount: -1, AccountCode: '880' },
			],
		});

		expect(journal['Warnings']).toEqual([
			{
				Message: "Account code '476' has been removed as it does not match a recognised account.",
			},
		]);
	});

	it('balances with the tax on top of its lines', async () => {
		const journal = await made({
			LineAmountTypes: 'Exclusive',
			JournalLines: [
				{ LineAmount: 100, AccountCode: '453', TaxType: 'INPUT2' },
				{ LineAmount: -115, AccountCode: '880', TaxType: 'NONE' },
			],
		});

		expect(journal['JournalLines'][0].TaxAmount).toBe(15);
	});

	it.each([
		['DRAFT', 'POSTED'],
		['DRAFT', 'DELETED'],
		['POSTED', 'VOIDED'],
	])('goes from %s to %s', async (Status, wanted) => {
		const { json } = await changed(await made({ Status }), { Status: wanted });

		expect((json['ManualJournals'] as XeroRecords)[0].Status).toBe(wanted);
	});

	it.each([
		['DRAFT', 'VOIDED'],
		['POSTED', 'DELETED'],
		['POSTED', 'DRAFT'],
	])('does not go from %s to %s', async (Status, wanted) => {
		expect(messagesOf(await changed(await made({ Status }), { Status: wanted }))).toEqual([
			'Manual journal not of valid status for modification',
		]);
	});

	it('keeps its lines unless they are sent', async () => {
		const journal = await made();

		const { json } = await changed(journal, { Narration: 'Renamed' });

		expect((json['ManualJournals'] as XeroRecords)[0]).toMatchObject({
			Narration: 'Renamed',
			JournalLines: [{ LineAmount: 100.1 }, { LineAmount: -100.1 }],
		});
	});

	it('is listed with its lines by page only', async () => {
		await made();
		const lines = async (query: string) =>
			((await sandbox.get(`/ManualJournals${query}`)).json['ManualJournals'] as XeroRecords).map(
				(journal) => journal['JournalLines'].length,
			);

		expect(new Set(await lines(''))).toEqual(new Set([0]));
		expect(new Set(await lines('?page=1'))).toEqual(new Set([2]));
	});
});

describe('the journals', () => {
	const after = async (offset: number, query = ''): Promise<readonly XeroRecord[]> =>
		(await sandbox.get(`/Journals?offset=${offset}${query}`)).json['Journals'];
	const last = async (): Promise<number> => {
		let number = 0;
		for (;;) {
			const page = await after(number);
			if (page.length === 0) return number;
			number = Number(page.at(-1)?.['JournalNumber']);
		}
	};
	const net = (journal: XeroRecord | undefined) =>
		((journal?.['JournalLines'] ?? []) as XeroRecords).map(
			(line) => `${line['AccountCode']} ${line['NetAmount']}`,
		);

	it('come a hundred at a time, numbered without gaps, and add up to nothing', async () => {
		await sandbox.seed(sandbox.tenantId, { invoices: 120 });
		const page = await after(0);

		expect(page.map((journal) => journal['JournalNumber'])).toEqual(
			Array.from({ length: 100 }, (_, index) => index + 1),
		);
		for (const journal of page) {
			const cents = journal['JournalLines'].map((line) =>
				Math.round(Number(line['NetAmount']) * 100),
			);
			expect(cents.reduce((sum, amount) => sum + amount, 0)).toBe(0);
		}
	});

	it('hold an approved invoice, and take it back when it is voided', async () => {
		const start = await last();
		const { json } = await sandbox.put('/Invoices', { Invoices: [salesInvoice()] });
		const { InvoiceID } = json.Invoices[0];

		const [posted] = await after(start);
		await sandbox.post('/Invoices', { Invoices: [{ InvoiceID, Status: 'VOIDED' }] });
		const both = await after(start);

		expect(posted).toMatchObject({ SourceID: InvoiceID, SourceType: 'ACCREC' });
		expect(net(posted)).toEqual(['610 230', '200 -200', '820 -30']);
		expect(both.map(net)).toEqual([net(posted), ['610 -230', '200 200', '820 30']]);
	});

	it('hold money spent and moved, and posted manual journals; no drafts', async () => {
		const start = await last();
		await sandbox.put('/BankTransactions', {
			BankTransactions: [
				{
					Type: 'SPEND',
					Contact: { Name: 'Courier' },
					BankAccount: { Code: '090' },
					LineItems: [{ Description: 'Parcel', UnitAmount: 10, AccountCode: '425' }],
				},
			],
		});
		await sandbox.put('/BankTransfers', {
			FromBankAccount: { Code: '090' },
			ToBankAccount: { Code: '091' },
			Amount: 5,
		});
		await made({ Status: 'POSTED' });
		await made({ Status: 'DRAFT' });

		const journals = await after(start);

		expect(journals.map((journal) => [journal['SourceType'], ...net(journal)]).sort()).toEqual([
			['CASHPAID', '090 -11.5', '425 10', '820 1.5'],
			['MANJOURNAL', '453 100.1', '880 -100.1'],
			['TRANSFER', '090 -5', '091 5'],
		]);
		const cash = await after(start, '&paymentsOnly=true');
		expect(cash.map((journal) => journal['SourceType']).sort()).toEqual(['CASHPAID', 'TRANSFER']);
	});

	it('tell a prepayment from money received, and hold payments', async () => {
		const start = await last();
		await sandbox.put('/BankTransactions', {
			BankTransactions: [
				{
					Type: 'RECEIVE-PREPAYMENT',
					Contact: { Name: 'Early Bird' },
					BankAccount: { Code: '090' },
					LineAmountTypes: 'NoTax',
					LineItems: [{ Description: 'Deposit', UnitAmount: 80, AccountCode: '200' }],
				},
			],
		});
		const { json } = await sandbox.put('/Invoices', { Invoices: [salesInvoice()] });
		await sandbox.put('/Payments', {
			Invoice: { InvoiceID: json.Invoices[0].InvoiceID },
			Account: { Code: '090' },
			Date: '2026-11-02',
			Amount: 30,
		});

		const journals = await after(start);

		expect(journals.map((journal) => [journal['SourceType'], ...net(journal)]).sort()).toEqual([
			['ACCREC', '610 230', '200 -200', '820 -30'],
			['ACCRECPAYMENT', '090 30', '610 -30'],
			['ARPREPAYMENT', '090 80', '200 -80'],
		]);
	});

	it('are found by number and by id', async () => {
		const [first] = (await sandbox.get('/Journals/1')).json['Journals'];

		const { json } = await sandbox.get(`/Journals/${first['JournalID']}`);

		expect(json['Journals'][0]['JournalNumber']).toBe(1);
		expect((await sandbox.get('/Journals/999999')).status).toBe(404);
	});
});

it('refuses the journals to an app without the premium scope', async () => {
	const ordinary = await connectSandbox();

	const answer = await ordinary.get('/Journals');

	expect(answer.status).toBe(401);
	expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
	await ordinary.close();
});
