import { connectSandbox, messagesOf, type ConnectedSandbox } from './connectedSandbox';
import { paidDocuments, recordOf } from './paidDocuments';
import type { Json, XeroRecord } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const { creditNote, invoice, bill, bankCredit, read } = paidDocuments(() => sandbox);
const update = (known: XeroRecord, changes: Json) =>
	sandbox.post(`/CreditNotes/${String(known['CreditNoteID'])}`, changes);
const allocate = (known: XeroRecord, to: XeroRecord, Amount: number) =>
	sandbox.put(`/CreditNotes/${String(known['CreditNoteID'])}/Allocations`, {
		Allocations: [{ Amount, Date: '2026-11-03', Invoice: { InvoiceID: to.InvoiceID } }],
	});
const again = async (known: XeroRecord) =>
	known['CreditNoteID'] === undefined
		? await read(`/Invoices/${known.InvoiceID}`)
		: await read(`/CreditNotes/${String(known['CreditNoteID'])}`);

describe('a credit note', () => {
	it('is numbered and added up like an invoice, and is wholly left at first', async () => {
		expect(await creditNote()).toMatchObject({
			Type: 'ACCRECCREDIT',
			CreditNoteNumber: expect.stringMatching(/^CN-\d{4}$/),
			Status: 'AUTHORISED',
			SubTotal: 100,
			TotalTax: 15,
			Total: 115,
			RemainingCredit: 115,
			Allocations: [],
			Payments: [],
			DateString: '2026-11-02T00:00:00',
		});
	});

	it('has a number of its own on the sales side only', async () => {
		await creditNote({ CreditNoteNumber: 'CN-TAKEN' });
		const twice = await sandbox.put('/CreditNotes', {
			CreditNotes: [
				{
					Type: 'ACCRECCREDIT',
					CreditNoteNumber: 'cn-taken',
					Contact: { Name: 'Ridgeway Trading' },
				},
			],
		});
		const bySupplier = { Type: 'ACCPAYCREDIT', CreditNoteNumber: '77' };
		const first = await creditNote({ ...bySupplier, LineItems: lineOn('400') });
		const second = await creditNote({ ...bySupplier, LineItems: lineOn('400') });

		expect(messagesOf(twice)).toEqual(['Credit Note # must be unique.']);
		expect(second['CreditNoteNumber']).toBe(first['CreditNoteNumber']);
	});

	it('takes no discounts', async () => {
		const refused = await sandbox.put('/CreditNotes', {
			CreditNotes: [
				{
					Type: 'ACCRECCREDIT',
					Contact: { Name: 'Ridgeway Trading' },
					LineItems: [{ ...lineOn('200')[0], DiscountRate: 10 }],
				},
			],
		});

		expect(messagesOf(refused)).toEqual([
			'Discounts can only be applied to sales invoices, quotes and purchase orders',
		]);
	});

	it.each([
		['DRAFT', 'AUTHORISED'],
		['DRAFT', 'DELETED'],
		['SUBMITTED', 'DRAFT'],
		['AUTHORISED', 'VOIDED'],
	])('goes from %s to %s', async (Status, next) => {
		const known = await creditNote({ Status });

		expect(recordOf(await update(known, { Status: next }), 'CreditNotes').Status).toBe(next);
	});

	it.each([
		['AUTHORISED', 'DELETED'],
		['VOIDED', 'AUTHORISED'],
	])('does not go from %s to %s', async (Status, next) => {
		const known = await creditNote({ Status: Status === 'VOIDED' ? 'AUTHORISED' : Status });
		if (Status === 'VOIDED') await update(known, { Status });

		expect(messagesOf(await update(known, { Status: next }))).toEqual([
			'Credit Note not of valid status for modification',
		]);
	});

	it('is found by POST through its id or its number, and nothing is made for an unknown id', async () => {
		const known = await creditNote();
		const post = (element: Json) =>
			sandbox.post('/CreditNotes?summarizeErrors=false', { CreditNotes: [element] });

		const byNumber = await post({
			Type: 'ACCRECCREDIT',
			CreditNoteNumber: known['CreditNoteNumber'],
			Reference: 'Changed',
		});
		const unknown = await post({ CreditNoteID: sandbox.tenantId, Reference: 'Nothing' });

		expect(recordOf(byNumber, 'CreditNotes')).toMatchObject({
			CreditNoteID: known['CreditNoteID'],
			Reference: 'Changed',
			Total: 115,
		});
		expect(messagesOf(unknown)).toEqual([
			'An existing Credit Note with the specified CreditNoteID could not be found',
		]);
	});

	it('is listed with its lines where a page is asked for, and filtered by what remains', async () => {
		const known = await creditNote({ Reference: 'To be found' });

		const page = await sandbox.get('/CreditNotes?page=1&where=Reference=="To be found"');
		const left = await sandbox.get(
			'/CreditNotes?where=RemainingCredit==115.00 AND Reference=="To be found"',
		);

		expect(recordOf(page, 'CreditNotes')).toMatchObject({
			CreditNoteID: known['CreditNoteID'],
			LineItems: [{ LineAmount: 100 }],
		});
		expect(page.json.pagination).toMatchObject({ page: 1, itemCount: 1 });
		expect(recordOf(left, 'CreditNotes')).toMatchObject({ LineItems: [] });
	});
});

it('is there in any number a test wants, numbered on', async () => {
	const { creditNotes } = await sandbox.seed(sandbox.tenantId, { creditNotes: 150 });
	const page = await sandbox.get('/CreditNotes?page=2&pageSize=100');
	const fresh = await creditNote();

	expect(creditNotes).toBe(150);
	expect(page.json.pagination.itemCount).toBeGreaterThan(150);
	expect(Number(String(fresh['CreditNoteNumber']).slice(3))).toBeGreaterThan(150);
});

describe('an allocation', () => {
	it('moves credit to the invoice, cent by cent', async () => {
		const [credit, owed] = [await creditNote(), await invoice()];

		const answer = await allocate(credit, owed, 40.1);

		expect(recordOf(answer, 'Allocations')).toMatchObject({
			Amount: 40.1,
			Date: '/Date(1793664000000+0000)/',
			Invoice: { InvoiceID: owed.InvoiceID },
			CreditNote: { CreditNoteID: credit['CreditNoteID'] },
		});
		expect(await again(credit)).toMatchObject({
			RemainingCredit: 74.9,
			Status: 'AUTHORISED',
			Allocations: [{ Amount: 40.1, Invoice: { InvoiceNumber: owed.InvoiceNumber } }],
		});
		expect(await again(owed)).toMatchObject({
			AmountDue: 189.9,
			AmountCredited: 40.1,
			AmountPaid: 0,
			CreditNotes: [{ CreditNoteID: credit['CreditNoteID'], AppliedAmount: 40.1, Total: 115 }],
		});
	});

	it('settles both sides when nothing is left of them, and unsettles them when it is deleted', async () => {
		const credit = await creditNote();
		const owed = await invoice({ LineItems: lineOn('200') });
		const made = recordOf(await allocate(credit, owed, 115), 'Allocations');

		expect(await again(credit)).toMatchObject({ Status: 'PAID', RemainingCredit: 0 });
		expect(await again(owed)).toMatchObject({ Status: 'PAID', AmountDue: 0 });
		const path = `/CreditNotes/${String(credit['CreditNoteID'])}/Allocations/${String(made['AllocationID'])}`;
		const removed = await sandbox.delete(path);

		expect(removed.json).toMatchObject({
			AllocationId: made['AllocationID'],
			IsDeleted: true,
			Invoice: [{ InvoiceID: owed.InvoiceID }],
		});
		expect(await again(credit)).toMatchObject({ Status: 'AUTHORISED', RemainingCredit: 115 });
		expect(await again(owed)).toMatchObject({
			Status: 'AUTHORISED',
			AmountDue: 115,
			CreditNotes: [],
		});
		expect((await sandbox.delete(path)).status).toBe(404);
	});

	it('is refused beyond what is left of the credit or of the invoice', async () => {
		const [credit, owed] = [await creditNote(), await invoice()];

		expect(messagesOf(await allocate(credit, owed, 115.01))).toEqual([
			'Credit Note cannot be allocated as amount is greater than amount outstanding',
		]);
		expect(await again(owed)).toMatchObject({ AmountDue: 230, AmountCredited: 0 });
	});

	it.each<[string, () => Promise<XeroRecord>, string]>([
		['a bill', () => bill(), 'Credit Note cannot be allocated to an incorrect invoice type'],
		[
			'another contact',
			() => invoice({ Contact: { Name: 'Somebody Else' } }),
			'The ContactID of the Credit Note and of the Invoice do not match',
		],
		[
			'a draft',
			() => invoice({ Status: 'DRAFT' }),
			'Credit Note can only be allocated to Authorised documents',
		],
	])('is refused to %s', async (_case, target, message) => {
		expect(messagesOf(await allocate(await creditNote(), await target(), 10))).toEqual([message]);
	});

	it('is refused to what is paid already', async () => {
		const owed = await invoice({ LineItems: lineOn('200') });
		await allocate(await creditNote(), owed, 115);

		expect(messagesOf(await allocate(await creditNote(), owed, 1))).toEqual([
			'The invoice you are trying to allocate to has already been paid off',
			'Credit Note cannot be allocated as amount is greater than amount outstanding',
		]);
	});

	it('keeps the credit note from being voided or having its amounts changed', async () => {
		const credit = await creditNote();
		await allocate(credit, await invoice(), 1);

		expect(messagesOf(await update(credit, { Status: 'VOIDED' }))).toEqual([
			'The status VOIDED cannot be applied to the credit note because it has payments or allocations.',
		]);
		expect(messagesOf(await update(credit, { LineItems: lineOn('260') }))).toEqual([
			'This document cannot be edited as it has a payment or credit note allocated to it.',
		]);
	});
});

describe.each([
	['RECEIVE-PREPAYMENT', 'Prepayments', 'PrepaymentID', () => invoice()],
	['SPEND-PREPAYMENT', 'Prepayments', 'PrepaymentID', () => bill()],
	['RECEIVE-OVERPAYMENT', 'Overpayments', 'OverpaymentID', () => invoice()],
	['SPEND-OVERPAYMENT', 'Overpayments', 'OverpaymentID', () => bill()],
])('a %s', (type, collection, idField, owedDocument) => {
	it('comes of a bank transaction and is allocated like a credit note', async () => {
		const credit = await bankCredit(type);
		const owed = await owedDocument();
		const path = `/${collection}/${String(credit[idField])}`;

		const answer = await sandbox.put(`${path}/Allocations`, {
			Amount: 15,
			Date: '2026-11-03',
			Invoice: { InvoiceID: owed.InvoiceID },
		});

		expect(credit).toMatchObject({ Type: type, RemainingCredit: 115, Reference: 'DEP-1' });
		expect(answer.status).toBe(200);
		expect(await read(path)).toMatchObject({ RemainingCredit: 100, Allocations: [{ Amount: 15 }] });
		expect(await again(owed)).toMatchObject({
			AmountCredited: 15,
			[collection]: [{ [idField]: credit[idField], AppliedAmount: 15 }],
		});
	});
});

describe('credits that came through the bank', () => {
	it('are found by the reference or number that the transaction had', async () => {
		await bankCredit('RECEIVE-PREPAYMENT', { Reference: 'PRE-9' });
		await bankCredit('RECEIVE-OVERPAYMENT', { Reference: 'OVER-9' });

		const byNumber = await sandbox.get('/Prepayments?page=1&InvoiceNumbers=PRE-9');
		const byReference = await sandbox.get('/Overpayments?page=1&References="OVER-9"');

		expect(byNumber.json.pagination.itemCount).toBe(1);
		expect(recordOf(byReference, 'Overpayments')['Reference']).toBe('OVER-9');
	});

	it('are voided with their transaction, which is kept once some of the credit is used', async () => {
		const transactionOf = async (reference: string) =>
			await read(`/BankTransactions?page=1&where=Reference=="${reference}"`);
		const remove = async (reference: string) =>
			await sandbox.post(
				`/BankTransactions/${String((await transactionOf(reference))['BankTransactionID'])}`,
				{ Status: 'DELETED' },
			);
		const unused = await bankCredit('RECEIVE-PREPAYMENT', { Reference: 'UNUSED' });
		const used = await bankCredit('RECEIVE-PREPAYMENT', { Reference: 'USED' });
		await sandbox.put(`/Prepayments/${String(used['PrepaymentID'])}/Allocations`, {
			Amount: 1,
			Invoice: { InvoiceID: (await invoice()).InvoiceID },
		});

		expect((await remove('UNUSED')).status).toBe(200);
		expect(await read(`/Prepayments/${String(unused['PrepaymentID'])}`)).toMatchObject({
			Status: 'VOIDED',
			RemainingCredit: 0,
		});
		expect(messagesOf(await remove('USED'))).toEqual([
			'This document cannot be edited as it has a payment or credit note allocated to it.',
		]);
	});
});

function lineOn(AccountCode: string): [Json] {
	return [{ Description: 'Goods', Quantity: 1, UnitAmount: 100, AccountCode }];
}
