import fc from 'fast-check';
import { connectSandbox, type ConnectedSandbox } from './connectedSandbox';
import { paidDocuments } from './paidDocuments';
import type { XeroRecord, XeroRecords } from './XeroBody';

let sandbox: ConnectedSandbox;
beforeAll(async () => {
	sandbox = await connectSandbox();
});
afterAll(() => sandbox.close());

const { creditNote, invoice, read } = paidDocuments(() => sandbox);

/** What can happen to an invoice of 230 and a credit note of 115; many of these are refused. */
const step = fc.oneof(
	...(['pay', 'refund', 'allocate'] as const).map((kind) =>
		fc.record({ kind: fc.constant(kind), cents: fc.integer({ min: 1, max: 15_000 }) }),
	),
	...(['unpay', 'unrefund', 'deallocate'] as const).map((kind) =>
		fc.record({ kind: fc.constant(kind), cents: fc.constant(0) }),
	),
);

const cents = (amount: unknown) => Math.round(Number(amount) * 100);
const sum = (entries: unknown) =>
	(entries as XeroRecords).reduce((total, entry) => total + cents(entry['Amount']), 0);

it('loses and invents no cent, whatever is paid, refunded, allocated and taken back', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
			const owed = await invoice();
			const credit = await creditNote();
			const documents = { Invoice: owed, CreditNote: credit };
			for (const { kind, cents: amount } of steps) await take(kind, amount / 100, documents);

			const invoiceNow = await read(`/Invoices/${owed.InvoiceID}`);
			const creditNow = await read(`/CreditNotes/${String(credit['CreditNoteID'])}`);

			const paid = sum(invoiceNow['Payments']);
			const refunded = sum(creditNow['Payments']);
			const allocated = sum(creditNow['Allocations']);
			expect(cents(invoiceNow.AmountPaid)).toBe(paid);
			expect(cents(invoiceNow['AmountCredited'])).toBe(allocated);
			expect(cents(invoiceNow.AmountDue)).toBe(23_000 - paid - allocated);
			expect(cents(creditNow['RemainingCredit'])).toBe(11_500 - refunded - allocated);
			expect(cents(invoiceNow.AmountDue)).toBeGreaterThanOrEqual(0);
			expect(cents(creditNow['RemainingCredit'])).toBeGreaterThanOrEqual(0);
			expect(invoiceNow.Status === 'PAID').toBe(cents(invoiceNow.AmountDue) === 0);
			expect(creditNow.Status === 'PAID').toBe(cents(creditNow['RemainingCredit']) === 0);
		}),
		{ numRuns: 40 },
	);
}, 60_000);

type Kind = 'pay' | 'refund' | 'allocate' | 'unpay' | 'unrefund' | 'deallocate';

async function take(
	kind: Kind,
	Amount: number,
	{ Invoice, CreditNote }: Readonly<Record<'Invoice' | 'CreditNote', XeroRecord>>,
): Promise<void> {
	const { InvoiceID } = Invoice;
	const { CreditNoteID } = CreditNote;
	const account = { Account: { Code: '090' }, Date: '2026-11-05' };
	const allocations = `/CreditNotes/${String(CreditNoteID)}/Allocations`;
	switch (kind) {
		case 'pay':
			return void (await sandbox.put('/Payments', { Invoice: { InvoiceID }, Amount, ...account }));
		case 'refund':
			return void (await sandbox.put('/Payments', {
				CreditNote: { CreditNoteID },
				Amount,
				...account,
			}));
		case 'allocate':
			return void (await sandbox.put(allocations, { Amount, Invoice: { InvoiceID } }));
		case 'unpay':
			return await takeBackPayment(await read(`/Invoices/${InvoiceID}`));
		case 'unrefund':
			return await takeBackPayment(await read(`/CreditNotes/${String(CreditNoteID)}`));
		case 'deallocate': {
			const { Allocations } = await read(`/CreditNotes/${String(CreditNoteID)}`);
			const [first] = Allocations as readonly XeroRecord[];
			if (first !== undefined) {
				await sandbox.delete(`${allocations}/${String(first['AllocationID'])}`);
			}
		}
	}
}

async function takeBackPayment({ Payments }: XeroRecord): Promise<void> {
	const [first] = Payments as readonly XeroRecord[];
	if (first === undefined) return;
	await sandbox.post(`/Payments/${String(first['PaymentID'])}`, { Status: 'DELETED' });
}
