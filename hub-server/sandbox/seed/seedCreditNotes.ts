import { lineAmountOf, taxAmountOf, totalsOf } from '../accounting/amounts/lineMath';
import type { Contact, InvoiceLine } from '../world/Books';
import type { Credit } from '../world/Credit';
import { pick, randomGuid, type Random } from '../world/random';
import type { Organisation } from '../world/World';
import { countries } from './countries';
import { salesLines } from './names';

const DAY_MS = 86_400_000;

/** Adds that many sales credit notes of one line, dated within the half year before `at`; none is used. */
export function seedCreditNotes(
	organisation: Organisation,
	count: number,
	random: Random,
	at: (index: number) => number,
): Credit[] {
	const { books } = organisation;
	const contacts = [...books.contacts.values()].filter(({ status }) => status === 'ACTIVE');
	return Array.from({ length: count }, (_, index) => {
		const credit = seededCreditNote(organisation, pick(random, contacts), random, at(index));
		books.creditNotes.put(credit);
		return credit;
	});
}

function seededCreditNote(
	organisation: Organisation,
	contact: Contact,
	random: Random,
	updatedMs: number,
): Credit {
	const lines = [seededLine(organisation, random)];
	return {
		id: randomGuid(random),
		updatedMs,
		kind: 'CreditNote',
		type: 'ACCRECCREDIT',
		number: nextNumber(organisation),
		contactId: contact.id,
		status: pick(random, ['AUTHORISED', 'AUTHORISED', 'DRAFT']),
		dateMs: Math.floor(updatedMs / DAY_MS) * DAY_MS - Math.floor(random() * 180) * DAY_MS,
		dueDateMs: undefined,
		lineAmountTypes: 'Exclusive',
		lines,
		totals: totalsOf(lines, 'Exclusive'),
		currencyCode: organisation.baseCurrency,
		currencyRate: 1_000_000,
		sentToContact: false,
		fields: { Reference: 'Returned' },
	};
}

function seededLine({ books, country }: Organisation, random: Random): InvoiceLine {
	const taxType = countries[country].taxOnSales;
	const amounts = {
		quantity: 10_000,
		unitAmount: (500 + Math.floor(random() * 20_000)) * 100,
		discountRate: undefined,
		discountAmount: undefined,
	};
	const lineAmount = lineAmountOf(amounts);
	return {
		...amounts,
		id: randomGuid(random),
		description: pick(random, salesLines),
		lineAmount,
		taxAmount: taxAmountOf(lineAmount, books.taxRates.get(taxType)?.rate ?? 0, 'Exclusive'),
		taxType,
		accountCode: '200',
		itemCode: undefined,
		tracking: [],
	};
}

function nextNumber({ books }: Organisation): string {
	const count = (books.counters.get('CN') ?? 0) + 1;
	books.counters.set('CN', count);
	return `CN-${String(count).padStart(4, '0')}`;
}
