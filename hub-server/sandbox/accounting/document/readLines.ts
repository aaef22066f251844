import type { Account, Books, InvoiceLine, LineAmountTypes, LineTracking } from '../../world/Books';
import { randomGuid } from '../../world/random';
import type { AccountingCall } from '../AccountingResource';
import { formatCents, parseDecimal, scale, type Cents, type Decimal4 } from '../decimal';
import { isObject, type Element } from '../writing/readElements';
import { lineAmountOf, taxAmountOf } from './lineMath';

export interface LineRules {
	readonly types: LineAmountTypes;
	/** Sales documents take the sales side of items and accounts, and discounts. */
	readonly isSale: boolean;
	/** Where it differs from `isSale`: credit notes take no discounts. */
	readonly takesDiscounts?: boolean;
	/** The one system account that lines may name. */
	readonly systemAccount?: string | undefined;
	/** Approved documents need every line complete; drafts are lenient. */
	readonly complete: boolean;
	/** 4 with `unitdp=4`. */
	readonly unitPlaces: 2 | 4;
}

/**
 * Reads the lines of a document. A line sent with the LineItemID of a line that is there changes that
 * line; every other line is new, and lines not sent are gone.
 */
export function readLines(
	call: AccountingCall,
	sent: readonly unknown[],
	before: readonly InvoiceLine[],
	rules: LineRules,
): { readonly lines: readonly InvoiceLine[]; readonly messages: readonly string[] } {
	const messages: string[] = [];
	const known = new Map(before.map((line) => [line.id, line]));
	const lines = sent.filter(isObject).map((element) => {
		const id = text(element['LineItemID'])?.toLowerCase();
		const old = id === undefined ? undefined : known.get(id);
		return readLine(call, element, old, rules, messages);
	});
	return { lines, messages };
}

function readLine(
	call: AccountingCall,
	element: Element,
	old: InvoiceLine | undefined,
	rules: LineRules,
	messages: string[],
): InvoiceLine {
	const { books } = call;
	const itemCode = text(element['ItemCode']) ?? old?.itemCode;
	const item =
		itemCode === undefined ? undefined : books.items.find('code', itemCode.toLowerCase());
	if (itemCode !== undefined && item === undefined)
		messages.push(`Item code '${itemCode}' is not valid`);
	const price = rules.isSale ? item?.sales : item?.purchase;

	const description = text(element['Description']) ?? old?.description ?? item?.description;
	const quantity = decimal(element, 'Quantity', 4, messages) ?? old?.quantity ?? 10_000;
	const unitAmount = unitAmountOf(element, rules, messages) ?? old?.unitAmount ?? price?.unitPrice;
	const discountRate = decimal(element, 'DiscountRate', 4, messages) ?? old?.discountRate;
	const discountAmount = decimal(element, 'DiscountAmount', 2, messages) ?? old?.discountAmount;
	if (!(rules.takesDiscounts ?? rules.isSale) && (discountRate ?? discountAmount)) {
		messages.push('Discounts can only be applied to sales invoices and quotes');
	}

	const accountCode = accountCodeOf(books, element) ?? old?.accountCode ?? price?.accountCode;
	const account = findAccount(books, accountCode, rules, messages);
	const taxType =
		text(element['TaxType']) ??
		(old?.accountCode === accountCode ? old?.taxType : undefined) ??
		price?.taxType ??
		account?.taxType ??
		'NONE';
	checkTaxType(books, taxType, account, messages);

	if (rules.complete) {
		if (description === undefined) messages.push('Description is required for each line item');
		if (unitAmount === undefined) messages.push('UnitAmount is required for each line item');
		if (accountCode === undefined) messages.push('Account code or ID must be specified');
	}

	const computed = lineAmountOf({
		quantity,
		unitAmount: unitAmount ?? 0,
		discountRate,
		discountAmount,
	});
	const stated = decimal(element, 'LineAmount', 2, messages);
	const isAmountOnly = unitAmount === undefined && stated !== undefined;
	if (stated !== undefined && !isAmountOnly && stated !== computed) {
		messages.push(
			`The line total ${formatCents(stated)} does not match the expected line total ${formatCents(computed)}`,
		);
	}
	const lineAmount = isAmountOnly ? stated : computed;
	const rate = books.taxRates.get(taxType)?.rate ?? 0;

	return {
		id: old?.id ?? randomGuid(call.context.random),
		description,
		quantity,
		unitAmount: unitAmount ?? (isAmountOnly ? unitAmountFor(stated, quantity) : 0),
		discountRate,
		discountAmount,
		lineAmount,
		taxAmount:
			rules.types === 'NoTax'
				? 0
				: (decimal(element, 'TaxAmount', 2, messages) ??
					taxAmountOf(lineAmount, rate, rules.types)),
		taxType,
		accountCode: account?.code ?? accountCode,
		itemCode: item?.code,
		tracking: Array.isArray(element['Tracking'])
			? readTracking(books, element['Tracking'], messages)
			: (old?.tracking ?? []),
	};
}

/** The unit amount behind a line that states its amount alone. */
function unitAmountFor(amount: Cents, quantity: Decimal4): Decimal4 {
	return quantity === 0 ? 0 : scale(amount, 1_000_000, quantity);
}

/** Without `unitdp=4` Xero keeps two decimals. */
function unitAmountOf(element: Element, rules: LineRules, messages: string[]): number | undefined {
	if (rules.unitPlaces === 4) return decimal(element, 'UnitAmount', 4, messages);
	const cents = decimal(element, 'UnitAmount', 2, messages);
	return cents === undefined ? undefined : cents * 100;
}

function accountCodeOf(books: Books, element: Element): string | undefined {
	const id = text(element['AccountID']);
	const byId = id === undefined ? undefined : books.accounts.get(id.toLowerCase());
	return text(element['AccountCode']) ?? byId?.code;
}

function findAccount(
	books: Books,
	code: string | undefined,
	rules: LineRules,
	messages: string[],
): Account | undefined {
	if (code === undefined) return undefined;
	const account = books.accounts.find('code', code.toLowerCase());
	const isSystem =
		account?.systemAccount !== undefined && account.systemAccount !== rules.systemAccount;
	if (account === undefined || isSystem || account.type === 'BANK') {
		messages.push(`Account code '${code}' is not a valid code for this document.`);
		return undefined;
	}
	if (account.status === 'ARCHIVED') {
		messages.push(
			`Account code '${code}' has been archived, or has been deleted. Each line item must reference a valid account.`,
		);
	}
	return account;
}

function checkTaxType(
	books: Books,
	taxType: string,
	account: Account | undefined,
	messages: string[],
): void {
	if (account === undefined) return;
	const rate = books.taxRates.get(taxType);
	if (rate === undefined || rate.status !== 'ACTIVE' || !rate.appliesTo.includes(account.class)) {
		messages.push(
			`The TaxType code '${taxType}' cannot be used with account code '${account.code ?? ''}'.`,
		);
	}
}

export function readTracking(
	books: Books,
	sent: readonly unknown[],
	messages: string[],
): LineTracking[] {
	if (sent.length > 2)
		messages.push('A maximum of 2 tracking categories can be assigned to a line item');
	return sent.filter(isObject).flatMap((entry) => {
		const category = byIdOrName(
			[...books.trackingCategories.values()],
			entry['TrackingCategoryID'],
			entry['Name'],
		);
		const option =
			category === undefined
				? undefined
				: byIdOrName(category.options, entry['TrackingOptionID'], entry['Option']);
		if (category !== undefined && option !== undefined)
			return [{ categoryId: category.id, optionId: option.id }];
		messages.push('The tracking category or option of a line item does not exist');
		return [];
	});
}

function byIdOrName<Entry extends { readonly id: string; readonly name: string }>(
	entries: readonly Entry[],
	id: unknown,
	name: unknown,
): Entry | undefined {
	const wantedId = text(id)?.toLowerCase();
	if (wantedId !== undefined) return entries.find((entry) => entry.id === wantedId);
	const wantedName = text(name)?.toLowerCase();
	return entries.find((entry) => entry.name.toLowerCase() === wantedName);
}

function decimal(
	element: Element,
	name: string,
	places: 2 | 4,
	messages: string[],
): number | undefined {
	const value = element[name];
	if (value === undefined || value === null) return undefined;
	const parsed = parseDecimal(value, places);
	if (parsed === undefined) messages.push(`${name} must be a number`);
	return parsed;
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
