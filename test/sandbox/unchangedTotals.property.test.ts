import fc from 'fast-check';

import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import { recordOf } from './paidDocuments';
import type { Json, XeroRecord } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
	await sandbox.put('/Contacts', { Contacts: [{ Name: 'Ridgeway Trading' }] });
});
afterAll(() => sandbox.close());

const handTaxed = fc.record({
	Quantity: fc.integer({ min: 1, max: 90 }),
	UnitAmount: fc.integer({ min: 1, max: 99_999 }).map((cents) => cents / 100),
	TaxAmount: fc.integer({ min: 0, max: 500 }).map((cents) => cents / 100),
});
/** A bank transaction's tax is the computed one. */
const untaxed = handTaxed.map(({ Quantity, UnitAmount }) => ({ Quantity, UnitAmount }));
/** Drafts can state the amount of a line and no unit amount. */
const amountOnly = fc.record({
	Quantity: fc.integer({ min: 1, max: 900 }),
	LineAmount: fc.integer({ min: 1, max: 99_999 }).map((cents) => cents / 100),
});

interface Kind {
	readonly collection: string;
	readonly idField: string;
	readonly fields: Json;
	readonly accountCode: string;
	readonly line?: fc.Arbitrary<Json>;
	/** Changes without lines, approval among them. */
	readonly changes: readonly Json[];
}

const dated = { Contact: { Name: 'Ridgeway Trading' }, Date: '2026-11-01' };
const kinds: readonly Kind[] = [
	...(['ACCREC', 'ACCPAY'] as const).map((Type) => ({
		collection: 'Invoices',
		idField: 'InvoiceID',
		fields: { ...dated, Type, DueDate: '2026-11-30' },
		accountCode: Type === 'ACCREC' ? '200' : '453',
		changes: [{ Status: 'AUTHORISED' }, { Reference: 'R' }, { DueDate: '2026-12-01' }],
	})),
	{
		collection: 'CreditNotes',
		idField: 'CreditNoteID',
		fields: { ...dated, Type: 'ACCPAYCREDIT' },
		accountCode: '453',
		changes: [{ Status: 'AUTHORISED' }, { Reference: 'R' }],
	},
	{
		collection: 'BankTransactions',
		idField: 'BankTransactionID',
		fields: { ...dated, Type: 'SPEND', BankAccount: { Code: '090' } },
		accountCode: '453',
		line: untaxed,
		changes: [{ Reference: 'R' }, { Date: '2026-11-02' }],
	},
	{
		collection: 'PurchaseOrders',
		idField: 'PurchaseOrderID',
		fields: dated,
		accountCode: '453',
		changes: [{ Status: 'AUTHORISED' }, { Reference: 'R' }],
	},
	{
		collection: 'Quotes',
		idField: 'QuoteID',
		fields: dated,
		accountCode: '200',
		changes: [
			{ ...dated, Status: 'SENT' },
			{ ...dated, Title: 'T' },
		],
	},
];

const send = async (method: 'put' | 'post', { collection }: Kind, record: Json) =>
	await sandbox[method](`/${collection}?unitdp=4`, { [collection]: [record] });
const totals = ({ SubTotal, TotalTax, Total }: XeroRecord) => [SubTotal, TotalTax, Total];

it.each(kinds.map((kind) => [kind.collection, kind] as const))(
	'a change of %s without lines never changes the totals',
	async (_name, kind) => {
		const line = kind.line ?? fc.oneof(handTaxed, amountOnly);
		await fc.assert(
			fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 3 }), async (lines) => {
				const made = recordOf(
					await send('put', kind, {
						...kind.fields,
						LineItems: lines.map((one) => ({
							Description: 'Goods',
							AccountCode: kind.accountCode,
							...one,
						})),
					}),
					kind.collection,
				);

				for (const change of kind.changes) {
					const answer = await send('post', kind, {
						[kind.idField]: made[kind.idField],
						...change,
					});
					expect(totals(recordOf(answer, kind.collection))).toEqual(totals(made));
				}
			}),
			{ numRuns: 25 },
		);
	},
);

describe('a tax amount set by hand', () => {
	const paper = { Description: 'Paper', Quantity: 1, UnitAmount: 100, AccountCode: '453' };
	const bill = async (changes: Json = {}) =>
		recordOf(
			await sandbox.put('/Invoices', {
				Invoices: [
					{
						...dated,
						Type: 'ACCPAY',
						DueDate: '2026-11-30',
						LineItems: [{ ...paper, TaxAmount: 14.99 }],
						...changes,
					},
				],
			}),
			'Invoices',
		);
	const changed = async ({ InvoiceID }: XeroRecord, changes: Json) =>
		await sandbox.post('/Invoices', { Invoices: [{ InvoiceID, ...changes }] });

	it('stays when the bill is approved and part-paid', async () => {
		const draft = await bill();
		const approved = recordOf(await changed(draft, { Status: 'AUTHORISED' }), 'Invoices');
		await sandbox.put('/Payments', {
			Payments: [{ Invoice: { InvoiceID: draft.InvoiceID }, Account: { Code: '090' }, Amount: 50 }],
		});

		const planned = await changed(draft, { PlannedPaymentDate: '2026-12-24' });

		expect(approved).toMatchObject({ TotalTax: 14.99, Total: 114.99 });
		expect(messagesOf(planned)).toEqual([]);
		expect(recordOf(planned, 'Invoices')).toMatchObject({ Total: 114.99, AmountDue: 64.99 });
	});

	it.each<[string, Json, number]>([
		['the description alone', { Description: 'Card' }, 14.99],
		['the quantity', { Quantity: 2 }, 30],
		['the unit amount', { UnitAmount: 50 }, 7.5],
		['the tax type', { TaxType: 'NONE' }, 0],
	])('after a change of %s', async (_what, change, tax) => {
		const draft = await bill();
		const [{ LineItemID }] = draft.LineItems;

		const after = await changed(draft, { LineItems: [{ LineItemID, ...change }] });

		expect(recordOf(after, 'Invoices')).toMatchObject({ TotalTax: tax });
	});

	it('gives way where amounts no longer exclude tax', async () => {
		const after = await changed(await bill(), { LineAmountTypes: 'Inclusive' });

		expect(recordOf(after, 'Invoices')).toMatchObject({ TotalTax: 13.04, Total: 100 });
	});
});
