import type {
	IDataObject,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';

import { picked } from '../operations/OperationCases';

/** A value for a field, and what Xero's record then has. */
export interface Sample {
	readonly value: INodeParameters[string];
	/** Members of Xero's with their values, wherever in the record they stand. */
	readonly stored: ReadonlyArray<readonly [member: string, value: unknown]>;
	/** Other fields of the same collection that this one needs beside it. */
	readonly beside?: INodeParameters;
	/** Parameters of the operation itself that it needs. */
	readonly with?: INodeParameters;
}

/** Ids of the organisation's records, by what a picker lists. */
export type Pickable = Readonly<Record<string, string>>;

/**
 * Values to try a field with. What a record has is looked for under the field's own name, in any case,
 * unless `special` says otherwise.
 */
export function samplesOf(
	{ resource, operation = '' }: { readonly resource: string; readonly operation?: string },
	property: INodeProperties,
	pickable: Pickable,
): readonly Sample[] {
	const named =
		special[`${resource}.${operation}.${property.name}`] ??
		special[`${resource}.${property.name}`] ??
		special[property.name];
	if (named !== undefined) return named(pickable);
	if (property.type === 'fixedCollection') return [groupSample(resource, property, pickable)];
	return plainValues(property, pickable).map((value) => ({
		value,
		stored: [[property.name, storedOf(value)]],
	}));
}

function plainValues(
	{ name, type, options = [], placeholder = '', modes = [] }: INodeProperties,
	pickable: Pickable,
): Array<INodeParameters[string]> {
	if (type === 'boolean') return [true, false];
	if (type === 'dateTime') return ['2026-11-17'];
	if (type === 'options') return (options as INodePropertyOptions[]).map(({ value }) => value);
	if (type === 'resourceLocator') {
		return [picked(pickable[modes[0]?.typeOptions?.searchListMethod ?? ''] ?? '')];
	}
	if (/^e\.g\. [\d.]+$/.test(placeholder)) return [placeholder.slice(5)];
	return [`${++count} ${name}`.slice(0, 12)];
}

/** Numbers and names must be unique; 12 characters are the most that banks take. */
let count = 0;

/** One row with a value in each column. */
function groupSample(
	resource: string,
	{ name, options = [], typeOptions }: INodeProperties,
	pickable: Pickable,
): Sample {
	const [group] = options as INodePropertyCollection[];
	const columns = (group?.values ?? []).map((column) => ({
		column: column.name,
		sample: samplesOf({ resource: `${resource}.${name}` }, column, pickable)[0],
	}));
	const row = Object.fromEntries(
		columns.map(({ column, sample }) => [column, sample?.value ?? '']),
	);
	const isList = typeOptions?.multipleValues === true;
	return {
		value: { [group?.name ?? '']: isList ? [row] : row },
		stored: columns.flatMap(({ sample }) => sample?.stored ?? []),
	};
}

function storedOf(value: INodeParameters[string]): unknown {
	return typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
}

/** Whether a record has a member of that name, in any case and at any depth, with that value. */
export function hasMember(record: unknown, member: string, value: unknown): boolean {
	if (typeof record !== 'object' || record === null) return false;
	return Object.entries(record as IDataObject).some(
		([name, present]) =>
			(name.toLowerCase() === member.toLowerCase() && isSame(present, value)) ||
			hasMember(present, member, value),
	);
}

function isSame(present: unknown, value: unknown): boolean {
	if (typeof present === 'number') return present === Number(value);
	if (typeof present === 'string') return present.toLowerCase() === String(value).toLowerCase();
	return present === value;
}

type Special = (pickable: Pickable) => readonly Sample[];

const values =
	(member: string, ...some: ReadonlyArray<INodeParameters[string]>): Special =>
	() =>
		some.map((value) => ({ value, stored: [[member, value]] }));
/** A picked record, where Xero names its id otherwise. */
const pickedAs =
	(member: string, method: string): Special =>
	(pickable) => [{ value: picked(pickable[method] ?? ''), stored: [[member, pickable[method]]] }];
const own =
	(member: string, value: string): Special =>
	() => [
		{
			value: JSON.stringify({ [member]: value }),
			stored: [[member, value]],
			beside: { [lowerFirst(member)]: '' },
		},
	];
const tracking: Special = ({ searchTrackingOptions = '' }) => [
	{
		value: picked(searchTrackingOptions),
		stored: [['TrackingOptionID', searchTrackingOptions.split('/')[1]]],
	},
];
/** What only a bank account has. */
const ofBank =
	(member: string, value: string): Special =>
	() => [
		{
			value: member === 'CurrencyCode' ? picked(value) : value,
			stored: [[member, value]],
			beside: { bankAccountNumber: '12-3456-7890123-00', [lowerFirst(member)]: value },
			with: { type: 'BANK' },
		},
	];
const email: Special = () => [
	{ value: `m${++count}@example.com`, stored: [['EmailAddress', `m${count}@example.com`]] },
];

/** Tried elsewhere. */
const nothing: Special = () => [{ value: '', stored: [] }];

/** Fields that take particular values only, by resource, operation and name, or by name alone. */
const special: Readonly<Record<string, Special>> = {
	'account.bankAccountNumber': ofBank('BankAccountNumber', '12-0000-0000000-01'),
	'account.bankAccountType': ofBank('BankAccountType', 'CREDITCARD'),
	'account.currencyCode': ofBank('CurrencyCode', 'NZD'),
	'account.otherFields': own('Description', 'From JSON'),
	'account.status': values('Status', 'ACTIVE'),
	'account.type': values('Type', 'REVENUE', 'FIXED'),
	bankAccount: pickedAs('AccountID', 'searchBankAccounts'),
	bankAmount: values('BankAmount', '12.5'),
	'bankTransaction.otherFields': own('Url', 'https://example.com/json'),
	'bankTransfer.fromTracking': tracking,
	'bankTransfer.toTracking': tracking,
	'batchPayment.otherFields': own('Details', 'From JSON'),
	category: values('TrackingCategoryName', 'Region'),
	contact: pickedAs('ContactID', 'searchContacts'),
	'contact.otherFields': own('CompanyNumber', 'From JSON'),
	currencyRate: values('CurrencyRate', '0.6132'),
	emailAddress: email,
	// Only where Xero has enabled it: roundedInvoices.test.ts.
	'invoice.enteredTotal': nothing,
	'invoice.roundingAmount': nothing,
	'invoice.subTotal': nothing,
	'invoice.total': nothing,
	'invoice.totalTax': nothing,
	'invoice.create.status': values('Status', 'AUTHORISED', 'SUBMITTED'),
	'invoice.update.status': values('Status', 'VOIDED'),
	'item.inventoryAssetAccountCode': () => [
		{
			value: picked('630'),
			stored: [
				['InventoryAssetAccountCode', '630'],
				['COGSAccountCode', '310'],
			],
			beside: { purchaseDetails: { details: { cogsAccountCode: picked('310') } } },
		},
	],
	// Only of a tracked item, above.
	'item.purchaseDetails.cogsAccountCode': nothing,
	'item.otherFields': own('Description', 'From JSON'),
	// They belong to one another: linkedTransaction.cases.ts.
	'linkedTransaction.contact': ({ searchContacts = '' }) => [
		{
			value: picked(searchContacts),
			stored: [['ContactID', searchContacts]],
			beside: { targetTransaction: '', targetLineItemId: '' },
		},
	],
	'linkedTransaction.sourceLineItemId': nothing,
	'linkedTransaction.sourceTransaction': nothing,
	'linkedTransaction.targetLineItemId': nothing,
	'linkedTransaction.targetTransaction': () => [
		{ value: '', stored: [], beside: { targetLineItemId: '' } },
	],
	'manualJournal.lineAmountTypes': values('LineAmountTypes', 'NoTax', 'Inclusive'),
	'manualJournal.otherFields': own('Url', 'https://example.com/json'),
	'manualJournal.status': values('Status', 'POSTED'),
	option: values('TrackingOptionName', 'North'),
	otherFields: own('Reference', 'From JSON'),
	phoneAreaCode: values('PhoneAreaCode', '021'),
	phoneCountryCode: values('PhoneCountryCode', '64'),
	'purchaseOrder.sentToContact': () =>
		[true, false].map((value) => ({
			value,
			stored: [['SentToContact', value]],
			beside: { otherFields: '{"Status": "AUTHORISED"}' },
		})),
	'repeatingInvoice.endDate': values('EndDate', '2028-11-17'),
	reportTaxType: values('ReportTaxType', 'INPUT', 'OUTPUT'),
	'taxRate.otherFields': own('ReportTaxType', 'INPUT'),
	'trackingCategory.otherFields': own('Name', 'From JSON'),
};

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
