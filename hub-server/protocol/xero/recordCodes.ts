import { isObject } from './isObject';
import type { XeroRecord } from './XeroRecord';

/** A code that a record has, of which another system has its own. */
export interface RecordCode {
	readonly kind: 'account' | 'tax_rate' | 'item' | 'tracking' | 'payment_account';
	readonly key: string;
	/** Of the document or part that it stands in; tells tax rates apart. */
	readonly direction?: 'sales' | 'purchases' | undefined;
	/** `line 2`; empty for the record itself. */
	readonly place: string;
}

/** Xero's value: a code, an id or a TaxType; of tracking its category and option. */
export type CodeValue = string | { readonly category: string; readonly option: string };

/** What is known of the kind of record. */
export interface CodedKind {
	/** The same for all records of the kind. */
	readonly direction?: 'sales' | 'purchases' | undefined;
	/** Whether `Account` is what is paid from or into. */
	readonly isPayment?: boolean | undefined;
	/** Whether its own TaxType is its id. */
	readonly isTaxRate?: boolean | undefined;
}

/**
 * The record with other codes in the place of its own: AccountCode and its like, TaxType, ItemCode, Tracking, and the
 * account of a payment or of the bank.
 *
 * @param replace undefined leaves a code as it is
 */
export function withCodes(
	record: XeroRecord,
	kind: CodedKind,
	replace: (code: RecordCode) => CodeValue | undefined,
): XeroRecord {
	const direction = kind.direction ?? directionOf(record['Type']);
	return inside(record, { kind, direction, place: '', isTop: true, replace }) as XeroRecord;
}

interface Place {
	readonly kind: CodedKind;
	readonly direction: RecordCode['direction'];
	readonly place: string;
	readonly isTop: boolean;
	readonly replace: (code: RecordCode) => CodeValue | undefined;
}

function inside(value: unknown, at: Place): unknown {
	if (Array.isArray(value)) {
		return value.map((element: unknown, index) =>
			inside(element, { ...at, place: `line ${index + 1}` }),
		);
	}
	if (!isObject(value) || !isPlain(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([member, part]) => [member, memberOf(member, part, at)]),
	);
}

/** An exact number or a date is a value, however it is held. */
function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

function memberOf(member: string, part: unknown, at: Place): unknown {
	const { kind, isTop, place } = at;
	const direction = SIDES[member] ?? at.direction;
	const replace = (of: RecordCode['kind'], key: unknown, side?: RecordCode['direction']) =>
		at.replace({ kind: of, key: String(key).trim(), place, ...(side && { direction: side }) });
	if (isText(part)) {
		if (ACCOUNT_MEMBERS.has(member)) return replace('account', part, direction) ?? part;
		if (TAX_MEMBERS.has(member) && !(isTop && kind.isTaxRate === true)) {
			return replace('tax_rate', part, direction) ?? part;
		}
		if (member === 'ItemCode') return replace('item', part) ?? part;
	}
	const isPaid = (member === 'Account' && kind.isPayment === true) || member === 'BankAccount';
	if (isTop && isPaid) {
		const key = isText(part) ? part : isObject(part) ? part['Code'] : undefined;
		if (!isText(key)) return part;
		const value = replace('payment_account', key);
		return typeof value === 'string' ? { [isId(value) ? 'AccountID' : 'Code']: value } : part;
	}
	if (member === 'Tracking' && part !== null && part !== undefined) {
		const options: readonly unknown[] = Array.isArray(part) ? part : [part];
		return options.map((option) => {
			const key = trackingKey(option);
			const value = key === undefined ? undefined : replace('tracking', key);
			return isObject(value) ? { Name: value['category'], Option: value['option'] } : option;
		});
	}
	return inside(part, { ...at, direction, isTop: false });
}

/** A text is the key itself; Xero's form is the key `Category: Option`. */
function trackingKey(option: unknown): string | undefined {
	if (isText(option)) return String(option);
	if (!isObject(option)) return undefined;
	const { Name: name, Option: choice } = option;
	if (isText(name) && isText(choice)) return `${String(name)}: ${String(choice)}`;
	return isText(choice) ? String(choice) : undefined;
}

const ACCOUNT_MEMBERS: ReadonlySet<string> = new Set([
	...['AccountCode', 'COGSAccountCode', 'InventoryAssetAccountCode'],
	...['SalesDefaultAccountCode', 'PurchasesDefaultAccountCode'],
]);

const TAX_MEMBERS: ReadonlySet<string> = new Set([
	...['TaxType', 'AccountsReceivableTaxType', 'AccountsPayableTaxType'],
]);

/** Members that say by themselves which side they are of. */
const SIDES: Readonly<Record<string, RecordCode['direction']>> = {
	SalesDetails: 'sales',
	PurchaseDetails: 'purchases',
	AccountsReceivableTaxType: 'sales',
	AccountsPayableTaxType: 'purchases',
	SalesDefaultAccountCode: 'sales',
	PurchasesDefaultAccountCode: 'purchases',
};

/** Of an invoice, a credit note or a bank transaction. */
function directionOf(type: unknown): RecordCode['direction'] {
	if (/^(ACCREC|RECEIVE)/i.test(String(type))) return 'sales';
	return /^(ACCPAY|SPEND)/i.test(String(type)) ? 'purchases' : undefined;
}

function isText(value: unknown): value is string | number {
	return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}

function isId(value: string): boolean {
	return /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(value);
}
