import { isObject, type XeroRecord } from '../../protocol/xero';
import type { MappingDirection, MappedValue, WantedValue } from '../mapping/Mapping';
import type { PushedEntity } from './pushedEntities';
import type { PushRecord } from './Push';

/** Puts Xero's value in the place of a code of the other system's. */
export type ResolveCode = (wanted: WantedValue) => MappedValue | undefined;

/**
 * The record with Xero's codes in the place of the other system's: AccountCode, TaxType, ItemCode, Tracking, and the
 * account of a payment or of the bank. What `resolve` knows nothing of stays.
 */
export function resolveCodes(
	entity: PushedEntity,
	{ externalId, fields }: Pick<PushRecord, 'externalId' | 'fields'>,
	resolve: ResolveCode,
): XeroRecord {
	const name = `${entity.name.replace('_', ' ')} ${externalId}`;
	return inside(fields, {
		entity,
		direction: entity.direction ?? directionOf(fields['Type']),
		where: name,
		isTop: true,
		resolve,
	}) as XeroRecord;
}

/** All codes of a record. */
export function codesIn(
	entity: PushedEntity,
	record: Pick<PushRecord, 'externalId' | 'fields'>,
): readonly WantedValue[] {
	const found: WantedValue[] = [];
	resolveCodes(entity, record, (wanted) => {
		found.push(wanted);
		return undefined;
	});
	return found;
}

interface Place {
	readonly entity: PushedEntity;
	readonly direction: MappingDirection | undefined;
	readonly where: string;
	readonly isTop: boolean;
	readonly resolve: ResolveCode;
}

function inside(value: unknown, place: Place): unknown {
	if (Array.isArray(value)) {
		return value.map((element: unknown, index) =>
			inside(element, { ...place, where: `${place.where}, line ${index + 1}` }),
		);
	}
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([member, part]) => [member, memberOf(member, part, place)]),
	);
}

function memberOf(member: string, part: unknown, place: Place): unknown {
	const { entity, resolve, where, isTop } = place;
	const direction = SIDES[member] ?? place.direction;
	const wanted = (kind: WantedValue['kind'], key: unknown, side?: MappingDirection) =>
		resolve({
			kind,
			key: String(key).trim(),
			where,
			...(side !== undefined && { direction: side }),
		});
	if (isText(part)) {
		if (member === 'AccountCode' || ACCOUNT_MEMBERS.has(member)) {
			return wanted('account', part, direction) ?? part;
		}
		// A tax rate's own TaxType is its id.
		const isTax = member === 'TaxType' || TAX_MEMBERS.has(member);
		if (isTax && !(isTop && entity.name === 'tax_rate')) {
			return wanted('tax_rate', part, direction) ?? part;
		}
		if (member === 'ItemCode') return wanted('item', part) ?? part;
	}
	const isAccount =
		(member === 'Account' && entity.name === 'payment') || (member === 'BankAccount' && isTop);
	if (isAccount && isTop) {
		const key = isText(part) ? part : isObject(part) ? part['Code'] : undefined;
		if (!isText(key)) return part;
		const value = wanted('payment_account', key);
		return typeof value === 'string' ? { [isId(value) ? 'AccountID' : 'Code']: value } : part;
	}
	if (member === 'Tracking' && part !== null && part !== undefined) {
		const options: readonly unknown[] = Array.isArray(part) ? part : [part];
		return options.map((option) => {
			const key = trackingKey(option);
			const value = key === undefined ? undefined : wanted('tracking', key);
			return isObject(value) ? { Name: value['category'], Option: value['option'] } : option;
		});
	}
	return inside(part, { ...place, direction, isTop: false });
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
	...['COGSAccountCode', 'InventoryAssetAccountCode'],
	...['SalesDefaultAccountCode', 'PurchasesDefaultAccountCode'],
]);

const TAX_MEMBERS: ReadonlySet<string> = new Set([
	...['AccountsReceivableTaxType', 'AccountsPayableTaxType'],
]);

/** Members that say by themselves which side they are of. */
const SIDES: Readonly<Record<string, MappingDirection | undefined>> = {
	SalesDetails: 'sales',
	PurchaseDetails: 'purchases',
	AccountsReceivableTaxType: 'sales',
	AccountsPayableTaxType: 'purchases',
	SalesDefaultAccountCode: 'sales',
	PurchasesDefaultAccountCode: 'purchases',
};

/** Of a credit note or a bank transaction. */
function directionOf(type: unknown): MappingDirection | undefined {
	if (/^(ACCREC|RECEIVE)/i.test(String(type))) return 'sales';
	return /^(ACCPAY|SPEND)/i.test(String(type)) ? 'purchases' : undefined;
}

function isText(value: unknown): value is string | number {
	return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}

function isId(value: string): boolean {
	return /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(value);
}
