import type { ApiCall } from '../../resource/ApiResource';
import type { Books, InvoiceLine, LineAmountTypes } from '../../world/Books';
import { formatCents, parseDecimal, scale, type Cents, type Decimal4 } from '../../world/decimal';
import { randomGuid } from '../../world/random';
import { isObject, type Element } from '../../writing/readElements';
import { textOf } from '../../writing/textOf';
import { lineAmountOf, taxAmountOf } from '../amounts/lineMath';
import { checkDiscount, doublyDiscounted } from './checkDiscount';
import { checkTaxType, lineAccount } from './lineAccount';
import { readTracking } from './readTracking';

export interface LineRules {
	readonly types: LineAmountTypes;
	/** Sales documents take the sales side of items and accounts, and discounts. */
	readonly isSale: boolean;
	/** What a line may take off. `both` on sales and `none` on purchases when absent. */
	readonly discounts?: 'none' | 'rate' | 'both';
	/** The one system account that lines may name. */
	readonly systemAccount?: string | undefined;
	/** Approved documents need every line complete; drafts are lenient. */
	readonly complete: boolean;
	/** 4 with `unitdp=4`. */
	readonly unitPlaces: 2 | 4;
	/** False where a line without TaxType has none, instead of its item's or account's. */
	readonly defaultsTax?: boolean;
	/** True where a TaxAmount has to be the computed one: bank transactions (xero-node#768). */
	readonly checksTax?: boolean;
	/** False where only ids name a tracking option. */
	readonly tracksByName?: boolean;
}

/** Lines as they are, and whether their amounts include tax. */
export interface DocumentLines {
	readonly lines: readonly InvoiceLine[];
	readonly lineAmountTypes: LineAmountTypes;
}

/**
 * Reads the lines of a document. A line sent with the LineItemID of a line that is there changes that
 * line; every other line is new, and lines not sent are gone.
 */
export function readLines(
	call: ApiCall,
	sent: readonly unknown[],
	before: DocumentLines | undefined,
	rules: LineRules,
): { readonly lines: readonly InvoiceLine[]; readonly messages: readonly string[] } {
	const messages: string[] = [];
	const known = new Map(before?.lines.map((line) => [line.id, line]));
	const keepsTax = before?.lineAmountTypes === rules.types;
	const lines = sent.filter(isObject).map((element) => {
		const id = textOf(element['LineItemID'])?.toLowerCase();
		const old = id === undefined ? undefined : known.get(id);
		return readLine(call, element, { old, keepsTax }, rules, messages);
	});
	return { lines: addedFirst(lines, [...known.keys()]), messages };
}

/**
 * Xero puts added lines before those that were there, whatever order they are sent in (NetStandard#374,
 * xero-php#536, xero-python#111).
 */
function addedFirst(
	lines: readonly InvoiceLine[],
	knownIds: readonly string[],
): readonly InvoiceLine[] {
	return [...lines].sort((a, b) => knownIds.indexOf(a.id) - knownIds.indexOf(b.id));
}

function readLine(
	call: ApiCall,
	element: Element,
	{ old, keepsTax }: { readonly old: InvoiceLine | undefined; readonly keepsTax: boolean },
	rules: LineRules,
	messages: string[],
): InvoiceLine {
	const { books } = call;
	const itemCode = textOf(element['ItemCode']) ?? old?.itemCode;
	const item =
		itemCode === undefined ? undefined : books.items.find('code', itemCode.toLowerCase());
	if (itemCode !== undefined && item === undefined)
		messages.push(`Item code '${itemCode}' is not valid`);
	const price = rules.isSale ? item?.sales : item?.purchase;

	const description = textOf(element['Description']) ?? old?.description ?? item?.description;
	const quantity = decimal(element, 'Quantity', 4, messages) ?? old?.quantity ?? 10_000;
	const unitAmount = unitAmountOf(element, rules, messages) ?? old?.unitAmount ?? price?.unitPrice;
	const discountRate = decimal(element, 'DiscountRate', 4, messages) ?? old?.discountRate;
	const discountAmount = decimal(element, 'DiscountAmount', 2, messages) ?? old?.discountAmount;
	checkDiscounts(rules, { discountRate, discountAmount }, messages);

	const accountCode = accountCodeOf(books, element) ?? old?.accountCode ?? price?.accountCode;
	const account = lineAccount(books, accountCode, rules, messages);
	const taxType =
		textOf(element['TaxType']) ??
		(old?.accountCode === accountCode ? old?.taxType : undefined) ??
		(rules.defaultsTax === false ? undefined : (price?.taxType ?? account?.taxType ?? 'NONE'));
	checkTaxType(books, taxType, account, messages);

	if (rules.complete) {
		if (description === undefined) messages.push('Description is required for each line item');
		if (unitAmount === undefined) messages.push('UnitAmount is required for each line item');
		if (accountCode === undefined) messages.push('Account code or ID must be specified');
	}

	const priced = { quantity, unitAmount: unitAmount ?? 0, discountRate, discountAmount };
	const stated = decimal(element, 'LineAmount', 2, messages);
	const isAmountOnly = unitAmount === undefined && stated !== undefined;
	if (!isAmountOnly) checkDiscount(priced, messages);
	// A line that once stated its amount alone keeps it, though the unit amount behind it is rounded.
	const unchanged = old !== undefined && isPricedAs(old, priced) ? old : undefined;
	const computed = unchanged?.lineAmount ?? lineAmountOf(priced);
	const found = doublyDiscounted(priced, stated);
	if (found !== undefined && !isAmountOnly && found !== computed) {
		messages.push(
			`The line total ${formatCents(found)} does not match the expected line total ${formatCents(computed)}`,
		);
	}
	const lineAmount = isAmountOnly ? stated : computed;
	const rate = books.taxRates.get(taxType ?? '')?.rate ?? 0;
	const sentTax = decimal(element, 'TaxAmount', 2, messages);
	const computedTax = taxAmountOf(lineAmount, rate, rules.types);
	if (
		rules.checksTax === true &&
		rules.types !== 'NoTax' &&
		sentTax !== undefined &&
		sentTax !== computedTax
	) {
		messages.push(
			`Tax amount ${formatCents(sentTax)} is incorrect for ${taxType} tax type, should be ${formatCents(computedTax)}`,
		);
	}
	const keptTax =
		keepsTax && unchanged !== undefined && unchanged.taxType === taxType
			? unchanged.taxAmount
			: undefined;

	return {
		id: old?.id ?? randomGuid(call.context.random),
		description,
		quantity,
		unitAmount: unitAmount ?? (isAmountOnly ? unitAmountFor(stated, quantity) : 0),
		discountRate,
		discountAmount,
		lineAmount,
		taxAmount: rules.types === 'NoTax' ? 0 : (sentTax ?? keptTax ?? computedTax),
		taxType,
		accountCode: account?.code ?? accountCode,
		itemCode: item?.code,
		tracking: Array.isArray(element['Tracking'])
			? readTracking(books, element['Tracking'], rules, messages)
			: (old?.tracking ?? []),
	};
}

type Priced = Pick<InvoiceLine, 'quantity' | 'unitAmount' | 'discountRate' | 'discountAmount'>;

function isPricedAs(line: Priced, other: Priced): boolean {
	return (
		line.quantity === other.quantity &&
		line.unitAmount === other.unitAmount &&
		line.discountRate === other.discountRate &&
		line.discountAmount === other.discountAmount
	);
}

function checkDiscounts(
	{ isSale, discounts = isSale ? 'both' : 'none' }: LineRules,
	{ discountRate, discountAmount }: Pick<InvoiceLine, 'discountRate' | 'discountAmount'>,
	messages: string[],
): void {
	if (discounts === 'none' && (discountRate ?? discountAmount)) {
		messages.push('Discounts can only be applied to sales invoices, quotes and purchase orders');
	}
	if (discounts === 'rate' && discountAmount) {
		messages.push('A DiscountAmount can only be applied to sales invoices and quotes');
	}
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
	const id = textOf(element['AccountID']);
	const byId = id === undefined ? undefined : books.accounts.get(id.toLowerCase());
	return textOf(element['AccountCode']) ?? byId?.code;
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
