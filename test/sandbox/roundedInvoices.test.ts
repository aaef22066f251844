import {
	connectSandbox,
	messagesOf,
	salesInvoice,
	type ConnectedSandbox,
} from './connectedSandbox';
import type { Json, XeroRecord } from './XeroBody';

/** Xero enables this for an organisation on request; the sums are 200, 30 and 230. */
let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox({}, { tier: 'advanced' }, [
		'accounting.invoices',
		'accounting.contacts',
		'accounting.journals.read',
	]);
});
beforeEach(() => sandbox.setFaults({ roundsInvoices: true }));
afterAll(() => sandbox.close());

const sums = { SubTotal: 200, TotalTax: 30, Total: 230.04, RoundingAmount: 0.04 };
const send = async (changes: Json) =>
	await sandbox.put('/Invoices', { Invoices: [salesInvoice(changes)] });
const made = async (changes: Json): Promise<XeroRecord> =>
	(await send(changes)).json['Invoices'][0];

it('is added to the total, where the three sums are stated too', async () => {
	const rounded = await made(sums);
	const alone = await made({ RoundingAmount: 0.04 });

	expect(rounded).toMatchObject({ ...sums, AmountDue: 230.04, EnteredTotal: 230.04 });
	expect(alone).toMatchObject({ Total: 230, RoundingAmount: 0 });
});

it('shows with one invoice, not in lists', async () => {
	const { InvoiceID } = await made(sums);

	const one = await sandbox.get(`/Invoices/${InvoiceID}`);
	const listed = await sandbox.get(`/Invoices?IDs=${InvoiceID}&page=1`);

	expect(one.json['Invoices'][0]).toMatchObject(sums);
	expect(listed.json['Invoices'][0]).not.toHaveProperty('RoundingAmount');
});

it('is posted to the account for rounding', async () => {
	const { InvoiceID } = await made(sums);

	const { json } = await sandbox.get('/Journals');

	const { JournalLines } = json['Journals'].find(
		({ SourceID }) => SourceID === InvoiceID,
	) as XeroRecord;
	const amounts = JournalLines.map(({ NetAmount }) => Number(NetAmount));
	expect(JournalLines).toContainEqual(
		expect.objectContaining({ AccountName: 'Rounding', NetAmount: -0.04 }),
	);
	expect(amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0)).toBe(0);
});

it.each([
	['sums that are not those of the lines', { ...sums, SubTotal: 201 }, /do not match/],
	['a total without the rounding', { ...sums, Total: 230 }, /do not match/],
	[
		'more than ten cents',
		{ ...sums, RoundingAmount: 0.11, Total: 230.11 },
		/between -0.10 and 0.10/,
	],
])('refuses %s on an approved invoice', async (_name, changes, message) => {
	expect(messagesOf(await send(changes))).toEqual([expect.stringMatching(message)]);
});

it('leaves aside what is too much on a draft, and keeps the total as entered', async () => {
	const draft = await made({ Status: 'DRAFT', RoundingAmount: 0.5, EnteredTotal: 231 });

	expect(draft).toMatchObject({ Total: 230, RoundingAmount: 0, EnteredTotal: 231 });
});

it('is nothing where Xero has not enabled it', async () => {
	await sandbox.setFaults({});

	const plain = await made({ RoundingAmount: 0.04 });
	const refused = await send(sums);

	expect(plain).toMatchObject({ Total: 230 });
	expect(plain).not.toHaveProperty('RoundingAmount');
	expect(messagesOf(refused)).toEqual(['The document total does not equal the sum of the lines.']);
});
