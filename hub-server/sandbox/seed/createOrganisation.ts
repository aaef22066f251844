import type { Books } from '../world/Books';
import { createBooks } from '../world/createBooks';
import { randomGuid, randomText, seededRandom, type Random } from '../world/random';
import type { Country, Organisation } from '../world/World';
import { chartOfAccounts, type AccountTax } from './chartOfAccounts';
import { countries, type CountryBooks } from './countries';
import { seedBudgets } from './seedBudgets';
import { seedContacts } from './seedContacts';
import { seedCreditNotes } from './seedCreditNotes';
import { seedInvoices } from './seedInvoices';

const DAY_MS = 86_400_000;

export interface OrganisationWish {
	readonly name: string;
	readonly country: Country;
	readonly contacts: number;
	readonly invoices: number;
	readonly creditNotes?: number;
	readonly isDemoCompany?: boolean;
}

/** An organisation with a full set of books. The same wish gives the same ids and amounts. */
export function createOrganisation(wish: OrganisationWish, nowMs: number): Organisation {
	const random = seededRandom(`${wish.country} ${wish.name}`);
	const country = countries[wish.country];
	const createdMs = Date.UTC(2024, 0, 15, 9, 30);
	const organisation: Organisation = {
		tenantId: randomGuid(random),
		name: wish.name,
		country: wish.country,
		baseCurrency: country.currency,
		createdMs,
		periodLockDateMs: undefined,
		endOfYearLockDateMs: undefined,
		fields: {
			APIKey: randomText(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 30),
			LegalName: wish.name,
			PaysTax: true,
			OrganisationType: 'COMPANY',
			OrganisationEntityType: 'COMPANY',
			IsDemoCompany: wish.isDemoCompany ?? false,
			OrganisationStatus: 'ACTIVE',
			DefaultSalesTax: 'Tax Exclusive',
			DefaultPurchasesTax: 'Tax Exclusive',
			ShortCode: `!${randomText(random, 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789', 5)}`,
			Class: wish.isDemoCompany === true ? 'DEMO' : 'PREMIUM',
			Edition: 'BUSINESS',
			LineOfBusiness: 'Professional services',
			...country.organisation,
		},
		books: createBooks(),
	};

	fillSettings(organisation.books, country, random, createdMs);
	// With ids of their own: those of everything else stay what they were.
	const ownRandom = seededRandom(`${wish.country} ${wish.name} budgets`);
	seedBudgets(organisation.books, ownRandom, nowMs, createdMs);
	organisation.books.paymentServices.put({
		id: randomGuid(ownRandom),
		updatedMs: createdMs,
		name: 'PayPal',
		type: 'PayPal',
		url: undefined,
		payNowText: undefined,
		brandingThemeIds: [],
	});
	const startMs = Math.floor(nowMs / DAY_MS) * DAY_MS - 20 * DAY_MS;
	seedContacts(organisation, wish.contacts, random, (index) => startMs + index * 61_000);
	seedInvoices(
		organisation,
		wish.invoices,
		random,
		(index) => startMs + DAY_MS + index * 3_607_000,
	);
	seedCreditNotes(organisation, wish.creditNotes ?? 0, random, (index) => startMs + DAY_MS * index);
	return organisation;
}

function fillSettings(books: Books, country: CountryBooks, random: Random, startMs: number): void {
	/** A second apart, so that lists keep the order of the seed. */
	let lastMs = startMs;
	const nextMs = (): number => (lastMs += 1_000);
	const taxTypes: Readonly<Record<AccountTax, string>> = {
		sales: country.taxOnSales,
		purchases: country.taxOnPurchases,
		none: 'NONE',
	};
	for (const { tax, archived, fields, systemAccount, ...account } of chartOfAccounts) {
		books.accounts.put({
			...account,
			id: randomGuid(random),
			updatedMs: nextMs(),
			taxType: taxTypes[tax],
			status: archived === true ? 'ARCHIVED' : 'ACTIVE',
			systemAccount,
			fields: { ...fields, ...(account.type === 'BANK' && { CurrencyCode: country.currency }) },
		});
	}
	for (const { taxType, percent, ...rate } of country.taxRates) {
		books.taxRates.put({
			...rate,
			id: taxType,
			updatedMs: nextMs(),
			rate: percent * 10_000,
			components: [
				{ name: rate.name, rate: percent * 10_000, isCompound: false, isNonRecoverable: false },
			],
			status: 'ACTIVE',
		});
	}
	for (const code of [country.currency, ...country.otherCurrencies]) {
		books.currencies.put({
			id: code,
			updatedMs: nextMs(),
			description: CURRENCY_NAMES[code] ?? code,
		});
	}
	for (const [index, name] of ['Standard', 'Very orange invoice!'].entries()) {
		books.brandingThemes.put({
			id: randomGuid(random),
			updatedMs: nextMs(),
			name,
			sortOrder: index,
		});
	}
	for (const [name, options] of Object.entries(TRACKING)) {
		books.trackingCategories.put({
			id: randomGuid(random),
			updatedMs: nextMs(),
			name,
			status: 'ACTIVE',
			options: options.map((option) => ({
				id: randomGuid(random),
				name: option,
				status: 'ACTIVE',
			})),
		});
	}
	for (const item of ITEMS) {
		books.items.put({
			id: randomGuid(random),
			updatedMs: nextMs(),
			code: item.code,
			name: item.name,
			description: item.description,
			purchaseDescription: undefined,
			isSold: true,
			isPurchased: item.buy !== undefined,
			inventoryAccountCode: undefined,
			sales: { unitPrice: item.sell * 10_000, accountCode: '200', taxType: country.taxOnSales },
			purchase:
				item.buy === undefined
					? undefined
					: { unitPrice: item.buy * 10_000, accountCode: '310', taxType: country.taxOnPurchases },
		});
	}
	books.users.put({
		id: randomGuid(random),
		updatedMs: nextMs(),
		email: 'owner@sandbox.example',
		firstName: 'Sandbox',
		lastName: 'Owner',
		isSubscriber: true,
		role: 'FINANCIALADVISER',
	});
}

const CURRENCY_NAMES: Readonly<Record<string, string>> = {
	NZD: 'New Zealand Dollar',
	AUD: 'Australian Dollar',
	GBP: 'British Pound',
	USD: 'United States Dollar',
	EUR: 'Euro',
	CAD: 'Canadian Dollar',
};

const TRACKING: Readonly<Record<string, readonly string[]>> = {
	Region: ['Eastside', 'North', 'South', 'West Coast'],
	Salesperson: ['Aroha', 'Ben', 'Priya'],
};

const ITEMS = [
	{
		code: 'BOOK',
		name: "'Fish out of Water: Finding Your Brand'",
		description: 'Book, paperback',
		sell: 19,
		buy: 8,
	},
	{
		code: 'GB1-White',
		name: 'Golf balls - white single',
		description: 'Golf balls - white single',
		sell: 6,
		buy: 3,
	},
	{
		code: 'DevD',
		name: 'Development work - developer onsite per day',
		description: 'Development work - developer onsite per day',
		sell: 650,
		buy: undefined,
	},
	{
		code: 'TSS - Black',
		name: 'T-shirt, small, black',
		description: 'T-shirt, small, black',
		sell: 40,
		buy: 20,
	},
	{
		code: 'Support-M',
		name: 'Desktop/network support, monthly',
		description: 'Desktop/network support via email & phone, per month',
		sell: 500,
		buy: undefined,
	},
] as const;
