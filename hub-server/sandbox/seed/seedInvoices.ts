import { lineAmountOf, taxAmountOf, totalsOf } from '../accounting/amounts/lineMath';
import type { Contact, Invoice, InvoiceLine, InvoiceStatus } from '../world/Books';
import type { Payment } from '../world/Payment';
import { pick, randomGuid, type Random } from '../world/random';
import type { Organisation } from '../world/World';
import { countries } from './countries';
import { purchaseLines, salesLines } from './names';

const DAY_MS = 86_400_000;

/** Adds that many sales invoices and bills, of every status, dated within the half year before `at`. */
export function seedInvoices(
	organisation: Organisation,
	count: number,
	random: Random,
	at: (index: number) => number,
): Invoice[] {
	const { books } = organisation;
	const contacts = [...books.contacts.values()].filter(({ status }) => status === 'ACTIVE');
	const made: Invoice[] = [];
	for (let index = 0; index < count; index += 1) {
		const invoice = seededInvoice(organisation, pick(random, contacts), random, at(index));
		books.invoices.put(invoice);
		for (const payment of paymentRows(organisation, invoice)) books.payments.put(payment);
		made.push(invoice);
	}
	return made;
}

/** The payments that an invoice shows, as records of their own. */
function paymentRows({ books }: Organisation, invoice: Invoice): Payment[] {
	const account = books.accounts.find('code', BANK_ACCOUNT);
	return invoice.payments.map(({ id, dateMs, amount, reference }) => ({
		id,
		updatedMs: invoice.updatedMs,
		documentKind: 'Invoice',
		documentId: invoice.id,
		accountId: account?.id,
		dateMs,
		amount,
		bankAmount: amount,
		currencyRate: invoice.currencyRate,
		reference,
		status: 'AUTHORISED',
		isReconciled: false,
		batchPaymentId: undefined,
		fields: {},
	}));
}

const BANK_ACCOUNT = '090';

function seededInvoice(
	organisation: Organisation,
	contact: Contact,
	random: Random,
	updatedMs: number,
): Invoice {
	const type = random() < 0.6 ? 'ACCREC' : 'ACCPAY';
	const status = pick(random, STATUSES);
	const dateMs = Math.floor(updatedMs / DAY_MS) * DAY_MS - Math.floor(random() * 180) * DAY_MS;
	const dueDateMs = dateMs + pick(random, [7, 14, 20, 30]) * DAY_MS;
	const lineAmountTypes = random() < 0.8 ? 'Exclusive' : 'Inclusive';
	const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
		seededLine(organisation, type, lineAmountTypes, random),
	);
	const totals = totalsOf(lines, lineAmountTypes);
	const paid =
		status === 'PAID'
			? totals.total
			: status === 'AUTHORISED' && random() < 0.2
				? Math.floor(totals.total / 4)
				: 0;

	return {
		id: randomGuid(random),
		updatedMs,
		type,
		number: type === 'ACCREC' ? nextNumber(organisation) : `${1000 + Math.floor(random() * 9000)}`,
		contactId: contact.id,
		status,
		dateMs,
		dueDateMs,
		lineAmountTypes,
		lines,
		totals,
		currencyCode: organisation.baseCurrency,
		currencyRate: 1_000_000,
		payments:
			paid > 0
				? [
						{
							id: randomGuid(random),
							dateMs: dueDateMs - DAY_MS,
							amount: paid,
							reference: undefined,
						},
					]
				: [],
		amountCredited: 0,
		sentToContact: type === 'ACCREC' && status !== 'DRAFT',
		expectedPaymentDateMs: undefined,
		plannedPaymentDateMs: undefined,
		createdByClientId: undefined,
		fields: type === 'ACCREC' ? { Reference: `P/O ${1000 + Math.floor(random() * 9000)}` } : {},
	};
}

const STATUSES: readonly InvoiceStatus[] = [
	'AUTHORISED',
	'AUTHORISED',
	'AUTHORISED',
	'PAID',
	'PAID',
	'PAID',
	'DRAFT',
	'SUBMITTED',
	'VOIDED',
];

function seededLine(
	organisation: Organisation,
	type: Invoice['type'],
	lineAmountTypes: Invoice['lineAmountTypes'],
	random: Random,
): InvoiceLine {
	const country = countries[organisation.country];
	const isSale = type === 'ACCREC';
	const taxType = isSale ? country.taxOnSales : country.taxOnPurchases;
	const amounts = {
		quantity: (1 + Math.floor(random() * 8)) * 10_000,
		unitAmount: (500 + Math.floor(random() * 60_000)) * 100,
		discountRate: isSale && random() < 0.1 ? 100_000 : undefined,
		discountAmount: undefined,
	};
	const lineAmount = lineAmountOf(amounts);
	return {
		...amounts,
		id: randomGuid(random),
		description: pick(random, isSale ? salesLines : purchaseLines),
		lineAmount,
		taxAmount: taxAmountOf(
			lineAmount,
			organisation.books.taxRates.get(taxType)?.rate ?? 0,
			lineAmountTypes,
		),
		taxType,
		accountCode: isSale
			? pick(random, ['200', '260'])
			: pick(random, ['400', '412', '425', '429', '445', '453', '489']),
		itemCode: undefined,
		tracking: [],
	};
}

function nextNumber({ books }: Organisation): string {
	const count = (books.counters.get('INV') ?? 0) + 1;
	books.counters.set('INV', count);
	return `INV-${String(count).padStart(4, '0')}`;
}
