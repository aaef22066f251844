import type { ApiCall } from '../../resource/ApiResource';
import type { Item, ItemPrice } from '../../world/Books';
import { parseDecimal } from '../../world/decimal';
import { randomGuid } from '../../world/random';
import { isObject, type Element } from '../../writing/readElements';
import { trimmedText } from '../../writing/trimmedText';
import { unitPlacesOf } from '../document/unitPlacesOf';

export type SavedItem =
	| { readonly ok: true; readonly item: Item }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Longest text that each field takes (Xero's contract). */
const LONGEST = { Code: 30, Name: 50, Description: 4000, PurchaseDescription: 4000 } as const;

/** Creates a product or service, or changes the known one that `before` is. */
export function saveItem(call: ApiCall, element: Element, before: Item | undefined): SavedItem {
	const code = trimmedText(element['Code']) ?? before?.code;
	if (code === undefined)
		return { ok: false, messages: ['Price List Item code must be specified'] };
	const messages = Object.entries(LONGEST)
		.filter(([name, longest]) => String(element[name] ?? '').length > longest)
		.map(([name, longest]) => `${name} must not be longer than ${longest} characters`);
	const holder = call.books.items.find('code', code.toLowerCase());
	if (holder !== undefined && holder.id !== before?.id) {
		messages.push(`Price List Item with Code '${code}' already exists`);
	}

	const inventoryAccountCode =
		trimmedText(element['InventoryAssetAccountCode']) ?? before?.inventoryAccountCode;
	const isTracked = inventoryAccountCode !== undefined;
	const isSold = flag(element['IsSold']) ?? before?.isSold ?? true;
	const isPurchased = flag(element['IsPurchased']) ?? before?.isPurchased ?? true;
	const sales = priceOf(call, element['SalesDetails'], before?.sales, 'AccountCode', messages);
	const purchase = priceOf(
		call,
		element['PurchaseDetails'],
		before?.purchase,
		isTracked ? 'COGSAccountCode' : 'AccountCode',
		messages,
	);
	if (isTracked) checkInventory(call, inventoryAccountCode, purchase, messages);
	if (messages.length > 0) return { ok: false, messages: [...new Set(messages)] };

	const item: Item = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		code,
		name: trimmedText(element['Name']) ?? before?.name,
		description: trimmedText(element['Description']) ?? before?.description,
		purchaseDescription: trimmedText(element['PurchaseDescription']) ?? before?.purchaseDescription,
		isSold,
		isPurchased,
		sales: isSold ? sales : undefined,
		purchase: isPurchased ? purchase : undefined,
		inventoryAccountCode,
	};
	call.transaction.put(call.books.items, item);
	return { ok: true, item };
}

function priceOf(
	call: ApiCall,
	sent: unknown,
	before: ItemPrice | undefined,
	accountField: 'AccountCode' | 'COGSAccountCode',
	messages: string[],
): ItemPrice | undefined {
	if (!isObject(sent) || Object.keys(sent).length === 0) return before;
	const accountCode = trimmedText(sent[accountField]) ?? before?.accountCode;
	const taxType = trimmedText(sent['TaxType']) ?? before?.taxType;
	if (accountCode !== undefined && !isActiveAccount(call, accountCode)) {
		messages.push(`Account code '${accountCode}' is not a valid code for this document.`);
	}
	if (taxType !== undefined && call.books.taxRates.get(taxType)?.status !== 'ACTIVE') {
		messages.push(`The TaxType code '${taxType}' does not exist.`);
	}
	return {
		unitPrice: unitPriceOf(call, sent, messages) ?? before?.unitPrice,
		accountCode,
		taxType,
	};
}

/** Without `unitdp=4` Xero keeps two decimals. */
function unitPriceOf(call: ApiCall, sent: Element, messages: string[]): number | undefined {
	if (sent['UnitPrice'] === undefined || sent['UnitPrice'] === null) return undefined;
	const places = unitPlacesOf(call);
	const price = parseDecimal(sent['UnitPrice'], places);
	if (price === undefined) messages.push('UnitPrice must be a number');
	return price === undefined || places === 4 ? price : price * 100;
}

function checkInventory(
	call: ApiCall,
	assetCode: string,
	purchase: ItemPrice | undefined,
	messages: string[],
): void {
	const asset = call.books.accounts.find('code', assetCode.toLowerCase());
	if (asset?.type !== 'INVENTORY') {
		messages.push(`The InventoryAssetAccountCode '${assetCode}' is not an inventory account`);
	}
	if (purchase?.accountCode === undefined) {
		messages.push('A tracked item must have a COGSAccountCode in its PurchaseDetails');
	}
}

function isActiveAccount(call: ApiCall, code: string): boolean {
	const account = call.books.accounts.find('code', code.toLowerCase());
	return account !== undefined && account.status === 'ACTIVE' && account.type !== 'BANK';
}

function flag(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}
