import { UnknownRecordError } from '../../resource/apiError';
import type { ApiCall } from '../../resource/ApiResource';
import type { Contact } from '../../world/Books';
import { randomGuid } from '../../world/random';
import { isObject, type Element } from '../../writing/readElements';
import { trimmedText } from '../../writing/trimmedText';
import { contactNamed } from './contactNamed';
import { readContactFields } from './readContactFields';

export type SavedContact =
	| { readonly ok: true; readonly contact: Contact }
	| { readonly ok: false; readonly messages: readonly string[] };

/** Whether a known contact may be meant (POST) or a new one is always wanted (PUT). */
export type SaveMode = 'create' | 'createOrUpdate';

export const ARCHIVED_CONTACT =
	'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.';

const ARCHIVED_CONTACT_OF_DOCUMENT =
	'The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.';

/** @see https://github.com/calcinai/xero-php/issues/880 */
const ACCOUNT_NUMBER_TAKEN =
	'The Account Number already exists. Please enter a different Account Number.';

/**
 * Creates or changes one contact.
 *
 * @throws UnknownRecordError for a ContactID that does not exist: Xero then answers 404 to the whole
 * request
 */
export function saveContact(call: ApiCall, element: Element, mode: SaveMode): SavedContact {
	const known = findContact(call, element, mode);
	if (known?.status === 'ARCHIVED') return { ok: false, messages: [ARCHIVED_CONTACT] };

	const name = trimmedText(element['Name']) ?? known?.name;
	const number = trimmedText(element['ContactNumber']) ?? known?.number;
	if (name === undefined) {
		const identified = known !== undefined || number !== undefined;
		return { ok: false, messages: [identified ? 'Please enter a unique Name.' : UNIDENTIFIED] };
	}

	const { fields, messages } = readContactFields(call.books, element, known?.fields ?? {});
	const status = element['ContactStatus'] ?? known?.status ?? 'ACTIVE';
	const problems = [
		...messages,
		...(isStatus(status) ? [] : [`The contact status ${String(status)} is not valid.`]),
		...(isNameTaken(call, name, known) && status === 'ACTIVE' ? [nameTaken(name)] : []),
		...(isNumberTaken(call, number, known)
			? [`The contact number ${number} is already assigned to another contact.`]
			: []),
		...(status === 'ACTIVE' && isAccountNumberTaken(call, fields['AccountNumber'], known)
			? [ACCOUNT_NUMBER_TAKEN]
			: []),
		...(name.length > 255 ? ['The Name must not be longer than 255 characters.'] : []),
	];
	if (problems.length > 0 || !isStatus(status)) return { ok: false, messages: problems };

	const contact: Contact = {
		id: known?.id ?? randomGuid(call.context.random),
		updatedMs: call.nowMs,
		name,
		number,
		status,
		fields,
	};
	call.transaction.put(call.books.contacts, contact, {
		category: 'CONTACT',
		type: known === undefined ? 'CREATE' : 'UPDATE',
		resource: 'Contacts',
		resourceId: contact.id,
	});
	return { ok: true, contact };
}

/**
 * The contact that a document names: by id, number or name. Other fields sent along change the
 * contact; a name that no active contact has makes a new one.
 */
export function contactOfDocument(call: ApiCall, reference: unknown): SavedContact {
	if (
		!isObject(reference) ||
		!IDENTIFIERS.some((key) => trimmedText(reference[key]) !== undefined)
	) {
		return { ok: false, messages: ['A Contact must be specified for this type of transaction'] };
	}
	const known = findContact(call, reference, 'createOrUpdate');
	if (known?.status === 'ARCHIVED') {
		return { ok: false, messages: [ARCHIVED_CONTACT_OF_DOCUMENT] };
	}

	const changes = Object.keys(reference).filter(
		(key) => !IDENTIFIERS.includes(key) && !READ_ONLY.includes(key),
	);
	const renames =
		known !== undefined &&
		trimmedText(reference['Name'])?.toLowerCase() !== known.name.toLowerCase();
	const isOnlyNamed =
		changes.length === 0 && !(renames && trimmedText(reference['Name']) !== undefined);
	if (known !== undefined && isOnlyNamed) return { ok: true, contact: known };
	return saveContact(call, reference, 'createOrUpdate');
}

const UNIDENTIFIED =
	'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber';
const IDENTIFIERS = ['ContactID', 'ContactNumber', 'Name'];
/** Sent back by clients that read a document and write it again. */
const READ_ONLY = [
	'UpdatedDateUTC',
	'HasValidationErrors',
	'ValidationErrors',
	'HasAttachments',
	'ContactGroups',
	'IsSupplier',
	'IsCustomer',
	'Balances',
	'ContactStatus',
	'Addresses',
	'Phones',
	'ContactPersons',
];

function findContact(call: ApiCall, element: Element, mode: SaveMode): Contact | undefined {
	const { contacts } = call.books;
	const id = trimmedText(element['ContactID']);
	if (id !== undefined && mode === 'createOrUpdate') {
		const known = contacts.get(id.toLowerCase());
		if (known === undefined) throw new UnknownRecordError(`No contact ${id}`);
		return known;
	}
	if (mode === 'create') return undefined;

	const number = trimmedText(element['ContactNumber']);
	const byNumber = number === undefined ? undefined : contacts.find('number', number.toLowerCase());
	const name = trimmedText(element['Name']);
	return byNumber ?? (name === undefined ? undefined : contactNamed(call, name));
}

function isNameTaken(call: ApiCall, name: string, known: Contact | undefined): boolean {
	const holder = contactNamed(call, name);
	return holder !== undefined && holder.id !== known?.id;
}

function isNumberTaken(
	call: ApiCall,
	number: string | undefined,
	known: Contact | undefined,
): boolean {
	const holder =
		number === undefined ? undefined : call.books.contacts.find('number', number.toLowerCase());
	return holder !== undefined && holder.id !== known?.id;
}

function isAccountNumberTaken(call: ApiCall, sent: unknown, known: Contact | undefined): boolean {
	const number = trimmedText(sent);
	const holder =
		number === undefined
			? undefined
			: call.books.contacts.find('activeAccountNumber', number.toLowerCase());
	return holder !== undefined && holder.id !== known?.id;
}

function nameTaken(name: string): string {
	return `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`;
}

function isStatus(value: unknown): value is Contact['status'] {
	return value === 'ACTIVE' || value === 'ARCHIVED' || value === 'GDPRREQUEST';
}
