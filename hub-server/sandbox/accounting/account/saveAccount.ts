import type { ApiCall } from '../../resource/ApiResource';
import type { Account } from '../../world/Books';
import { randomGuid } from '../../world/random';
import type { Element } from '../../writing/readElements';
import { trimmedText } from '../../writing/trimmedText';
import { classOf } from './accountTypes';
import { nameKey } from '../../world/nameKey';

export type SavedAccount =
	| { readonly ok: true; readonly account: Account }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Xero's limits. */
const LONGEST_CODE = 10;
const LONGEST_NAME = 150;

/** Creates an account, or changes the known one that `before` is. */
export function saveAccount(
	call: ApiCall,
	element: Element,
	before: Account | undefined,
): SavedAccount {
	const barrier = before === undefined ? undefined : barrierOf(element, before);
	if (barrier !== undefined) return { ok: false, messages: [barrier] };

	const name = trimmedText(element['Name']) ?? before?.name ?? '';
	const code = trimmedText(element['Code']) ?? before?.code;
	const type = trimmedText(element['Type']) ?? before?.type ?? '';
	const accountClass = classOf(type);
	const taxType = trimmedText(element['TaxType']) ?? before?.taxType ?? 'NONE';
	const messages = [
		...(accountClass === undefined ? [`The account type '${type}' is not valid.`] : []),
		...nameFaults(call, name, before),
		...codeFaults(call, code, type, before),
		...(isActiveTaxType(call, taxType) ? [] : [`The TaxType code '${taxType}' does not exist.`]),
		...bankFaults(call, element, type, before),
	];
	if (messages.length > 0 || accountClass === undefined) return { ok: false, messages };

	const account: Account = {
		id: before?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		code,
		name,
		type,
		class: accountClass,
		taxType,
		status: (element['Status'] as Account['status'] | undefined) ?? before?.status ?? 'ACTIVE',
		systemAccount: before?.systemAccount,
		fields: fieldsOf(call, element, type, before),
	};
	call.transaction.put(call.books.accounts, account);
	return { ok: true, account };
}

/** Why the account cannot be changed this way at all. */
function barrierOf(element: Element, before: Account): string | undefined {
	const status = element['Status'];
	if (status !== undefined && status !== 'ACTIVE' && status !== 'ARCHIVED') {
		return `The account status '${String(status)}' is not valid.`;
	}
	const others = Object.keys(element).filter((name) => name !== 'AccountID' && name !== 'Status');
	if (status === 'ARCHIVED' && others.length > 0) {
		return 'An account can only be archived in a request that changes nothing else.';
	}
	if (before.systemAccount !== undefined) return 'System accounts cannot be changed.';
	if (before.type === 'BANK' && others.length > 0) {
		return 'Bank accounts cannot be changed through the API.';
	}
	return undefined;
}

function nameFaults(call: ApiCall, name: string, before: Account | undefined): string[] {
	if (name === '') return ['Name must be specified.'];
	if (name.length > LONGEST_NAME) {
		return [`Name must not be longer than ${LONGEST_NAME} characters.`];
	}
	const isTaken = [...call.books.accounts.values()].some(
		(other) => other.id !== before?.id && nameKey(other.name) === nameKey(name),
	);
	return isTaken ? ['Please enter a unique Name.'] : [];
}

function codeFaults(
	call: ApiCall,
	code: string | undefined,
	type: string,
	before: Account | undefined,
): string[] {
	if (code === undefined) return type === 'BANK' ? [] : ['Code must be specified.'];
	if (code.length > LONGEST_CODE) {
		return [`Code must not be longer than ${LONGEST_CODE} characters.`];
	}
	const holder = call.books.accounts.find('code', code.toLowerCase());
	return holder !== undefined && holder.id !== before?.id ? ['Please enter a unique Code.'] : [];
}

function isActiveTaxType(call: ApiCall, taxType: string): boolean {
	return call.books.taxRates.get(taxType)?.status === 'ACTIVE';
}

function bankFaults(
	call: ApiCall,
	element: Element,
	type: string,
	before: Account | undefined,
): string[] {
	if (type !== 'BANK' || before !== undefined) return [];
	const { BankAccountNumber: number, CurrencyCode: currency } = element;
	return [
		...(trimmedText(number) === undefined ? ['BankAccountNumber must be specified.'] : []),
		...(typeof currency === 'string' && call.books.currencies.get(currency) === undefined
			? [`Organisation is not subscribed to currency ${currency}`]
			: []),
	];
}

function fieldsOf(
	call: ApiCall,
	element: Element,
	type: string,
	before: Account | undefined,
): Account['fields'] {
	const kept = type === 'BANK' ? [...KEPT, ...KEPT_OF_BANKS] : KEPT;
	const sent = kept.filter((name) => element[name] !== undefined && element[name] !== null);
	return {
		...(type === 'BANK' &&
			before === undefined && {
				BankAccountType: 'BANK',
				CurrencyCode: call.organisation.baseCurrency,
			}),
		...before?.fields,
		...Object.fromEntries(sent.map((name) => [name, element[name]])),
	};
}

const KEPT = [
	'Description',
	'EnablePaymentsToAccount',
	'ShowInExpenseClaims',
	'ReportingCode',
	'AddToWatchlist',
];
const KEPT_OF_BANKS = ['BankAccountNumber', 'BankAccountType', 'CurrencyCode'];
