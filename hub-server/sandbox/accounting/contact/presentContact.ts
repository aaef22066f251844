import { msDateTime } from '../../resource/xeroDate';
import type { Books, Contact } from '../../world/Books';
import type { Element } from '../../writing/readElements';
import { contactStanding } from './contactStanding';

/** `full` for one contact and for pages; `list` without page; `summary` for `summaryOnly`. */
export type ContactDetail = 'full' | 'list' | 'summary';

export function presentContact(
	books: Books,
	contact: Contact,
	detail: ContactDetail,
	nowMs: number,
): Element {
	const { fields } = contact;
	const standing = contactStanding(books, contact.id, nowMs);

	return {
		ContactID: contact.id,
		...(contact.number !== undefined && { ContactNumber: contact.number }),
		...pickFields(fields, ['AccountNumber']),
		ContactStatus: contact.status,
		...(contact.mergedIntoId !== undefined && { MergedToContactID: contact.mergedIntoId }),
		Name: contact.name,
		...pickFields(fields, ['FirstName', 'LastName', 'CompanyNumber']),
		EmailAddress: fields['EmailAddress'] ?? '',
		...(detail === 'full' && {
			...pickFields(fields, FULL_ONLY),
			SalesTrackingCategories: fields['SalesTrackingCategories'] ?? [],
			PurchasesTrackingCategories: fields['PurchasesTrackingCategories'] ?? [],
		}),
		...pickFields(fields, LISTED),
		Addresses: detail === 'summary' ? [] : addressSlots(fields['Addresses']),
		Phones: detail === 'summary' ? [] : phoneSlots(fields['Phones']),
		UpdatedDateUTC: msDateTime(contact.updatedMs),
		ContactGroups: groupsOf(books, contact.id),
		IsSupplier: standing.isSupplier,
		IsCustomer: standing.isCustomer,
		...(detail === 'full' && standing.balances !== undefined && { Balances: standing.balances }),
		ContactPersons: detail === 'full' ? (fields['ContactPersons'] ?? []) : [],
		HasAttachments: books.files.get(contact.id) !== undefined,
		HasValidationErrors: false,
	};
}

/** A contact as it stands inside a document of a list. */
export function presentContactInDocument(contact: Contact): Element {
	return {
		ContactID: contact.id,
		...(contact.number !== undefined && { ContactNumber: contact.number }),
		Name: contact.name,
		Addresses: [],
		Phones: [],
		ContactGroups: [],
		ContactPersons: [],
		HasValidationErrors: false,
	};
}

const LISTED = [
	'BankAccountDetails',
	'TaxNumber',
	'AccountsReceivableTaxType',
	'AccountsPayableTaxType',
	'DefaultCurrency',
];
const FULL_ONLY = [
	'TaxNumberType',
	'SalesDefaultLineAmountType',
	'PurchasesDefaultLineAmountType',
	'XeroNetworkKey',
	'SalesDefaultAccountCode',
	'PurchasesDefaultAccountCode',
	'PaymentTerms',
	'BatchPayments',
	'Website',
];

/** The groups that the contact is a member of, without their members. */
function groupsOf(books: Books, contactId: string): Element[] {
	return [...books.contactGroups.values()]
		.filter(({ status, contactIds }) => status === 'ACTIVE' && contactIds.includes(contactId))
		.map(({ id, name, status }) => ({
			ContactGroupID: id,
			Name: name,
			Status: status,
			Contacts: [],
			HasValidationErrors: false,
		}));
}

function pickFields(fields: Element, names: readonly string[]): Element {
	return Object.fromEntries(
		names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]),
	);
}

/** Always two addresses and four phones, empty where nothing is known. */
function addressSlots(stored: unknown): Element[] {
	return ['STREET', 'POBOX'].map((type) => ({
		AddressType: type,
		City: '',
		Region: '',
		PostalCode: '',
		Country: '',
		...slot(stored, 'AddressType', type),
	}));
}

function phoneSlots(stored: unknown): Element[] {
	return ['DDI', 'DEFAULT', 'FAX', 'MOBILE'].map((type) => ({
		PhoneType: type,
		PhoneNumber: '',
		PhoneAreaCode: '',
		PhoneCountryCode: '',
		...slot(stored, 'PhoneType', type),
	}));
}

function slot(stored: unknown, key: string, type: string): Element {
	return (
		((stored as readonly Element[] | undefined) ?? []).find((entry) => entry[key] === type) ?? {}
	);
}
