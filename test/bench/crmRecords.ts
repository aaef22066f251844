import type { MappingKind } from '../../hub-server/src/database/tables';

/** A code of the CRM's, and what it is in Xero. */
export interface CrmCode {
	readonly kind: MappingKind;
	readonly key: string;
	readonly value: string | { readonly category: string; readonly option: string };
	/** Somebody has mapped it before the first push. */
	readonly isMapped: boolean;
}

export interface CrmRecord {
	readonly externalId: string;
	readonly fields: Readonly<Record<string, unknown>>;
}

const account = (key: string, value: string, isMapped = false): CrmCode => ({
	...{ kind: 'account', key, value, isMapped },
});
const taxRate = (key: string, value: string, isMapped = false): CrmCode => ({
	...{ kind: 'tax_rate', key, value, isMapped },
});
const item = (key: string, isMapped = false): CrmCode => ({
	...{ kind: 'item', key, value: `X-${key}`, isMapped },
});
const tracking = (category: string, option: string): CrmCode => ({
	...{ kind: 'tracking', key: option, value: { category, option }, isMapped: false },
});

/** The most used first, of each kind. */
export const ACCOUNTS: readonly CrmCode[] = [
	account('Sales', '200', true),
	account('Services', '201', true),
	account('Other income', '260'),
	account('Freight charged', '202'),
	account('Installation', '203'),
	account('Repairs', '204'),
	account('Training', '205'),
	account('Subscriptions', '206'),
	account('Rental income', '207'),
	account('Online shop', '208'),
	account('Market stall', '209'),
	account('Gift cards', '210'),
];

export const TAX_RATES: readonly CrmCode[] = [
	taxRate('GST 15', 'OUTPUT2', true),
	taxRate('GST 0', 'ZERORATED'),
	taxRate('EXPORT', 'ZERORATED'),
	taxRate('EXEMPT', 'NONE'),
];

export const ITEMS: readonly CrmCode[] = [
	...['CHAIR-01', 'DESK-01', 'LAMP-01', 'SHELF-01'].map((key) => item(key, true)),
	...['CHAIR-02', 'CHAIR-03', 'DESK-02', 'DESK-03', 'LAMP-02', 'SHELF-02', 'STOOL-01'].map((key) =>
		item(key),
	),
	...['TABLE-01', 'TABLE-02', 'SOFA-01', 'SOFA-02', 'RUG-01', 'RUG-02', 'CABLE-01', 'BOX-01'].map(
		(key) => item(key),
	),
];

export const TRACKING: readonly CrmCode[] = [
	...['Auckland', 'Wellington', 'Christchurch', 'Dunedin'].map((one) => tracking('Region', one)),
	...['Retail', 'Wholesale', 'Projects', 'Web'].map((one) => tracking('Salesperson', one)),
	tracking('Salesperson', 'Trade fair'),
];

export const CODES: readonly CrmCode[] = [...ACCOUNTS, ...TAX_RATES, ...ITEMS, ...TRACKING];

/** The same numbers each time, from 0 to 1. */
function numbersFrom(seed: number): () => number {
	let state = seed;
	return () => {
		// mulberry32
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Few codes are used most of the time, and many hardly ever. */
function pick(codes: readonly CrmCode[], random: number): string {
	const weights = codes.map((_, rank) => 1 / (rank + 1) ** 2.5);
	let left = random * weights.reduce((sum, weight) => sum + weight, 0);
	const found = codes.find((_, rank) => (left -= weights[rank] ?? 0) < 0);
	return (found ?? codes[0])?.key ?? '';
}

export function crmContacts(count: number): readonly CrmRecord[] {
	const numbers = numbersFrom(1);
	return Array.from({ length: count }, (_, index) => {
		const number = 1_000 + index;
		return {
			externalId: String(number),
			fields: {
				Name: `${FIRST[index % FIRST.length]} ${SECOND[Math.floor(index / FIRST.length) % SECOND.length]} ${number}`,
				EmailAddress: `accounts${number}@customer.example`,
				Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: `021 555 ${number}` }],
				Addresses: [
					{
						AddressType: 'POBOX',
						AddressLine1: `${1 + Math.floor(numbers() * 200)} Queen Street`,
						City: pick(TRACKING.slice(0, 4), numbers()),
						Country: 'New Zealand',
					},
				],
			},
		};
	});
}

const FIRST = ['Kauri', 'Harbour', 'Southern', 'Pohutukawa', 'Fern', 'Summit', 'Bay', 'Mill'];

const SECOND = ['Builders', 'Cafe', 'Motors', 'Design', 'Foods', 'Dental', 'Timber', 'Travel'];

/** Approved invoices, with the total that the CRM prints: it rounds the tax of the whole once, as Xero does not. */
export function crmInvoices(count: number, contacts: number): readonly CrmRecord[] {
	const numbers = numbersFrom(2);
	return Array.from({ length: count }, (_, index) => {
		const isTracked = numbers() < 0.15;
		const lines = Array.from({ length: 1 + Math.floor(numbers() * 3) }, () => ({
			Description: 'As ordered',
			Quantity: 1 + Math.floor(numbers() * 9),
			UnitAmount: Math.round(numbers() * 40_000) / 100,
			AccountCode: pick(ACCOUNTS, numbers()),
			TaxType: pick(TAX_RATES, numbers()),
			...(numbers() < 0.5 && { ItemCode: pick(ITEMS, numbers()) }),
			...(isTracked && {
				Tracking: [
					pick(TRACKING.slice(0, 4), numbers()),
					...(numbers() < 0.5 ? [pick(TRACKING.slice(4), numbers())] : []),
				],
			}),
		}));
		const sums = lines.map((line) => line.Quantity * line.UnitAmount);
		const taxed = lines.reduce(
			(sum, { TaxType: rate }, at) => (rate === 'GST 15' ? sum + (sums[at] ?? 0) : sum),
			0,
		);
		const net = sums.reduce((sum, one) => sum + one, 0);
		const day = String(1 + (index % 28)).padStart(2, '0');
		return {
			externalId: `INV-${100_000 + index}`,
			fields: {
				Contact: { externalId: String(1_000 + (index % contacts)) },
				InvoiceNumber: `INV-${100_000 + index}`,
				Date: `2026-10-${day}`,
				DueDate: `2026-11-${day}`,
				Status: 'AUTHORISED',
				LineItems: lines,
				Total: (Math.round(net * 100) / 100 + Math.round(taxed * 15) / 100).toFixed(2),
			},
		};
	});
}
