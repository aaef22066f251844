import { isObject, type XeroRecord } from '../../protocol/xero';
import type { MappingKind } from '../database/tables';
import { recordId } from '../records/FoundRecord';
import type { ChartValue } from './ChartValue';

/** The values that one record of Xero's stands for: none, one, or the options of a tracking category. */
export function chartValuesOf(kind: MappingKind, record: XeroRecord): readonly ChartValue[] {
	return READERS[kind](record);
}

const BOTH = { sales: true, purchases: true } as const;

const READERS: Readonly<Record<MappingKind, (record: XeroRecord) => readonly ChartValue[]>> = {
	account: (record) => {
		// Money moves through a bank account by payments and bank transactions, never by a line.
		if (record['Type'] === 'BANK') return [];
		return accountValue('account', record, statusTrouble(record, 'account'));
	},

	payment_account: (record) => {
		// Payments: Account must be a bank account, or have EnablePaymentsToAccount (Xero's documentation of payments).
		const isPayable = record['Type'] === 'BANK' || record['EnablePaymentsToAccount'] === true;
		return accountValue(
			'payment_account',
			record,
			statusTrouble(record, 'account') ??
				(isPayable
					? null
					: 'takes no payments: it is no bank account, and "Enable payments" is off'),
		);
	},

	tax_rate: (record) => {
		const taxType = textOf(record['TaxType']);
		if (taxType === undefined) return [];
		const rate = record['EffectiveRate'];
		// Xero leaves a member out of some answers: what is not said is allowed.
		const allows = (accounts: string) => record[`CanApplyTo${accounts}`] !== false;
		return [
			{
				kind: 'tax_rate',
				value: taxType,
				// A TaxType is for good; its name can change.
				id: taxType,
				name: textOf(record['Name']) ?? taxType,
				code: null,
				group: typeof rate === 'number' ? `${rate}%` : 'Tax rates',
				trouble: statusTrouble(record, 'tax rate'),
				// What is bought may be an asset: rates of capital purchases are for assets, and not for revenue.
				suits: {
					sales: allows('Revenue'),
					purchases: allows('Expenses') || (allows('Assets') && !allows('Revenue')),
				},
			},
		];
	},

	item: (record) => {
		const code = textOf(record['Code']);
		if (code === undefined) return [];
		return [
			{
				kind: 'item',
				value: code,
				id: idOf(record['ItemID']),
				name: textOf(record['Name']) ?? textOf(record['Description']) ?? code,
				code,
				group: 'Items',
				trouble: statusTrouble(record, 'item'),
				suits: {
					sales: record['IsSold'] !== false,
					purchases: record['IsPurchased'] !== false,
				},
			},
		];
	},

	tracking: (record) => {
		const category = textOf(record['Name']);
		if (category === undefined) return [];
		const options: unknown[] = Array.isArray(record['Options']) ? record['Options'] : [];
		const ofCategory = statusTrouble(record, 'tracking category');
		return options.filter(isObject).flatMap((option) => {
			const name = textOf(option['Name']);
			if (name === undefined) return [];
			return [
				{
					kind: 'tracking' as const,
					value: { category, option: name },
					id: idOf(option['TrackingOptionID']),
					name,
					code: null,
					group: category,
					trouble: ofCategory ?? statusTrouble(option, 'option'),
					suits: BOTH,
				},
			];
		});
	},

	contact: (record) => {
		const id = idOf(record['ContactID']);
		if (id === null) return [];
		const status = record['ContactStatus'];
		const mergedTo = idOf(record['MergedToContactID']);
		return [
			{
				kind: 'contact',
				value: id,
				id,
				name: textOf(record['Name']) ?? id,
				code: textOf(record['ContactNumber']) ?? null,
				group: 'Contacts',
				trouble:
					status === undefined || status === 'ACTIVE'
						? null
						: mergedTo === null
							? `the contact is ${String(status).toLowerCase()}`
							: 'the contact was merged into another',
				suits: BOTH,
				...(mergedTo !== null && { followedBy: mergedTo }),
			},
		];
	},

	currency: (record) => {
		const code = textOf(record['Code']);
		if (code === undefined) return [];
		return [
			{
				kind: 'currency',
				value: code,
				id: code,
				name: textOf(record['Description']) ?? code,
				code,
				group: 'Currencies',
				trouble: null,
				suits: BOTH,
			},
		];
	},
};

/** Bank accounts often have no code: their id is taken in its place. */
function accountValue(
	kind: 'account' | 'payment_account',
	record: XeroRecord,
	trouble: string | null,
): readonly ChartValue[] {
	const id = idOf(record['AccountID']);
	const code = textOf(record['Code']) ?? null;
	// Lines name an account by its code.
	const value = code ?? (kind === 'payment_account' ? id : null);
	if (value === null) return [];
	const type = textOf(record['Type']) ?? '';
	const accountClass = textOf(record['Class']) ?? '';
	return [
		{
			kind,
			value,
			id,
			name: textOf(record['Name']) ?? value,
			code,
			group: GROUPS[type] ?? type,
			trouble: trouble ?? systemTrouble(kind, record),
			suits: {
				sales: accountClass === 'REVENUE',
				purchases: accountClass === 'EXPENSE',
			},
		},
	];
}

/** Xero posts to these by itself (Xero's documentation of accounts: SystemAccount). */
function systemTrouble(kind: 'account' | 'payment_account', record: XeroRecord): string | null {
	const system = record['SystemAccount'];
	return kind === 'account' && (system === 'DEBTORS' || system === 'CREDITORS')
		? 'lines cannot name it: Xero posts to it by itself'
		: null;
}

/** Xero's types of accounts (OpenAPI file, AccountType) as its chart of accounts heads them. */
const GROUPS: Readonly<Record<string, string>> = {
	BANK: 'Bank',
	CURRENT: 'Current asset',
	CURRLIAB: 'Current liability',
	DEPRECIATN: 'Depreciation',
	DIRECTCOSTS: 'Direct costs',
	EQUITY: 'Equity',
	EXPENSE: 'Expense',
	FIXED: 'Fixed asset',
	INVENTORY: 'Inventory',
	LIABILITY: 'Liability',
	NONCURRENT: 'Non-current asset',
	OTHERINCOME: 'Other income',
	OVERHEADS: 'Overhead',
	PREPAYMENT: 'Prepayment',
	REVENUE: 'Revenue',
	SALES: 'Sales',
	TERMLIAB: 'Non-current liability',
	PAYG: 'PAYG liability',
};

/** A status that is not known here is told, not taken for usable: a document with it would be refused. */
function statusTrouble(record: XeroRecord, thing: string): string | null {
	const status = record['Status'];
	if (status === undefined || status === null || status === 'ACTIVE') return null;
	return `the ${thing} is ${String(status).toLowerCase()}`;
}

function textOf(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	return text === '' ? undefined : text;
}

function idOf(value: unknown): string | null {
	const id = textOf(value);
	return id === undefined ? null : recordId(id);
}
